using System.Buffers.Binary;
using System.Text;
using Watchdog.FleetSim.State;

namespace Watchdog.FleetSim.Wire;

/// <summary>
/// MaxResults and opaque tokens. A token names the next item and is sealed with the action and the request's other fields:
/// one from another listing is refused, as AWS does.
/// </summary>
internal readonly record struct Paging(int Start, int Size, ulong Seal)
{
    /// <summary>EC2's bounds: 5 to 1000.</summary>
    public static Paging OfEc2(Call call, string? idsParameter = null)
    {
        var form = call.Fields;
        var max = form.Number("MaxResults");
        if (max is not null && idsParameter is not null && form.Get(idsParameter + ".1") is not null)
        {
            throw AwsError.Combination(idsParameter == "InstanceId"
                ? "The parameter instancesSet cannot be used with the parameter maxResults"
                : $"The parameter {idsParameter} cannot be used with the parameter maxResults");
        }

        if (max < 5)
            throw AwsError.InvalidParameter($"Value ( {max} ) for parameter maxResults is invalid. Expecting a value greater than 5.");
        if (max > 1000)
            throw AwsError.InvalidParameter($"Value ( {max} ) for parameter maxResults is invalid. Expecting a value less than or equal to 1000.");

        var text = new StringBuilder(call.Name);
        for (var i = 1; form.Get($"Filter.{i}.Name") is { } name; i++)
            text.Append('|').Append(name).Append('=').AppendJoin(',', form.List($"Filter.{i}.Value"));
        return Of(form.Get("NextToken"), max ?? call.Region.Options.DefaultPageSize, text.ToString(),
            static () => new AwsError(400, "InvalidNextToken", "The specified NextToken is not valid."));
    }

    /// <summary>A page of any listing: <paramref name="what"/> is what the token is sealed with.</summary>
    public static Paging Of(string? token, int size, string what, Func<AwsError> invalid)
    {
        var seal = what.Aggregate(1469598103934665603UL, (h, c) => (h ^ c) * 1099511628211UL);
        if (string.IsNullOrEmpty(token))
            return new Paging(0, size, seal);
        Span<byte> bytes = stackalloc byte[16];
        if (token.Length != 24 || !Convert.TryFromBase64String(token, bytes, out var n) || n != 16)
            throw invalid();
        var next = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ seal;
        if (next > int.MaxValue || BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) != Mix.Of(seal, next))
            throw invalid();
        return new Paging((int)next, size, seal);
    }

    /// <summary>The token of the page that begins at the item.</summary>
    public string TokenAt(int next)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)next ^ Seal);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Mix.Of(Seal, (ulong)next));
        return Convert.ToBase64String(bytes);
    }
}
