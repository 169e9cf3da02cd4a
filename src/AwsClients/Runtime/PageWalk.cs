using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.Wire;

/// <summary>
/// Walks through pages by their token, once. A page may be empty and still have a successor. A service that answers with the token it
/// was asked with would be walked for ever: that is an error.
/// </summary>
/// <param name="next">Fetches the page of a token (null: the first), and gives its successor's token.</param>
internal abstract class PageWalk<TResponse>(Func<string?, CancellationToken, Task<(TResponse Page, string? NextToken)>> next) : IPaginator<TResponse>
{
    private int used;

    public IPaginatedEnumerable<TResponse> Responses => new Walk<TResponse>(PaginateAsync);

    /// <exception cref="InvalidOperationException">This paginator has been walked before.</exception>
    /// <exception cref="AmazonClientException">The service repeats a token.</exception>
    public async IAsyncEnumerable<TResponse> PaginateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref used, 1) != 0)
            throw new InvalidOperationException("A paginator is walked only once: make another.");
        string? token = null;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (page, following) = await next(token, cancellationToken).ConfigureAwait(false);
            yield return page;
            if (!string.IsNullOrEmpty(following) && following == token)
                throw new AmazonClientException("The service answered with the same pagination token twice.");
            token = following;
        }
        while (!string.IsNullOrEmpty(token));
    }

    protected IPaginatedEnumerable<TItem> Items<TItem>(Func<TResponse, List<TItem>?> items) => new Walk<TItem>(cancel => Flatten(items, cancel));

    private async IAsyncEnumerable<TItem> Flatten<TItem>(
        Func<TResponse, List<TItem>?> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in PaginateAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in items(page) ?? [])
                yield return item;
        }
    }

    private sealed class Walk<T>(Func<CancellationToken, IAsyncEnumerable<T>> start) : IPaginatedEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            start(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
