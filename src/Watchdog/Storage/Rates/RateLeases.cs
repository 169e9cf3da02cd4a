using Npgsql;

namespace Watchdog.Storage.Rates;

/// <summary>What was leased of a bucket.</summary>
/// <param name="Found">What the bucket held, below nought where others were promised its refill: the n-th token is earned (n - found) / refill seconds on.</param>
/// <param name="Granted">How many tokens are this taker's.</param>
public readonly record struct RateLease(double Found, double Granted);

/// <summary>What a worker asks of a bucket.</summary>
/// <param name="Need">Tokens of its next call: granted whole, however long it must wait for them.</param>
/// <param name="Wanted">Tokens of all its calls that wait, <paramref name="Need"/> included: granted as far as a second's refill earns them, in
/// multiples of <paramref name="Need"/>, since a part of a call is of no use.</param>
/// <param name="Expected">Tokens that it will likely want before its lease lapses: granted from what is there, half of it at most.</param>
public readonly record struct RateWish(double Need, double Wanted, double Expected);

/// <summary>Token buckets in Postgres, one for all workers: one statement refills and takes.</summary>
public sealed class RateLeases(NpgsqlDataSource database, DatabaseClock clock)
{
    private const string TakeSql =
        """
        update rate_bucket b set (tokens, at, found, granted) = (
          select h.found - w.granted, h.at, h.found, w.granted from (
            select least($3, b.tokens + $4 * greatest(0, extract(epoch from $8 - b.at)::double precision)) as found, greatest(b.at, $8) as at) h
          cross join lateral (
            select $5 * greatest(1, floor(least($6, h.found + $4) / $5)) + greatest(0, least($7, (h.found - $6) / 2)) as granted) w)
        where b.scope = $1 and b.bucket = $2
        returning b.found, b.granted
        """;

    private long _leased;

    /// <summary>Tokens leased by this process so far, over all buckets.</summary>
    public long Leased => Volatile.Read(ref _leased);

    /// <summary>Refills the bucket up to the database's time, and takes.</summary>
    /// <param name="scope">Account and Region.</param>
    /// <param name="bucket">The rate's name.</param>
    /// <param name="size">Most tokens that it holds.</param>
    /// <param name="perSecond">Tokens refilled a second.</param>
    /// <exception cref="NpgsqlException">The database is away: no tokens.</exception>
    public async Task<RateLease> TakeAsync(string scope, string bucket, double size, double perSecond, RateWish wish, CancellationToken ct)
    {
        var at = await clock.NowAsync(ct);
        RateLease? lease;
        while ((lease = await UpdateAsync(at)) is null)
        {
            await CreateAsync(at);
        }

        Interlocked.Add(ref _leased, (long)lease.Value.Granted);
        return lease.Value;

        async Task<RateLease?> UpdateAsync(DateTimeOffset now)
        {
            await using var command = database.CreateCommand(TakeSql);
            foreach (var value in new object[] { scope, bucket, size, perSecond, wish.Need, wish.Wanted, wish.Expected, now })
            {
                command.Parameters.Add(new() { Value = value });
            }

            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? new RateLease(reader.GetDouble(0), reader.GetDouble(1)) : null;
        }

        async Task CreateAsync(DateTimeOffset now)
        {
            // Full at first, as EC2's own are.
            await using var command = database.CreateCommand(
                "insert into rate_bucket (scope, bucket, tokens, at, found, granted) values ($1, $2, $3, $4, $3, 0) on conflict do nothing");
            foreach (var value in new object[] { scope, bucket, size, now })
            {
                command.Parameters.Add(new() { Value = value });
            }

            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
