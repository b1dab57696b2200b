using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Json;

namespace Billing.Console.Commands;

/// <summary>Goes through the pages of a listing, as <c>--page-size</c>, <c>--token</c> and <c>--all</c> say.</summary>
/// <param name="getPage">Gets a page of that size, from that token on.</param>
internal sealed class Listing<T>(ParseResult parse, CommandOptions options, Func<int, string?, Task<Page<T>>> getPage)
{
    private const int LargePage = 10_000;

    /// <summary>The items of the page that was asked for, or of all of them, page by page.</summary>
    /// <returns>The token that goes on, or null at the end.</returns>
    public async Task<string?> ForEachPageAsync(Func<IReadOnlyList<T>, Task> handle)
    {
        bool all = parse.GetValue(options.All);
        int size = all ? LargePage : parse.GetValue(options.PageSize);
        string? token = parse.GetValue(options.Token);
        do
        {
            Page<T> page;
            try
            {
                page = await getPage(size, token);
            }
            catch (ArgumentException exception) when (token is not null && token == parse.GetValue(options.Token))
            {
                throw new UsageException("--token is not one of this listing. Take it from the end of the page before, with the same filters.", exception);
            }

            await handle(page.Items);
            token = page.ContinuationToken;
        }
        while (all && token is not null);

        return token;
    }

    /// <summary>The listing as a JSON document: the items under a name, and the token.</summary>
    public Task WriteJsonAsync(Terminal terminal, string name, Action<Utf8JsonWriter, T> write) => JsonOutput.WriteAsync(terminal, async json =>
    {
        json.WriteStartObject();
        json.WriteStartArray(name);
        string? token = await ForEachPageAsync(async items =>
        {
            foreach (T item in items)
            {
                write(json, item);
            }

            await json.FlushAsync(CancellationToken.None);
        });
        json.WriteEndArray();
        json.WriteString("continuationToken", token);
        json.WriteEndObject();
    });

    /// <summary>All items at once, for a table.</summary>
    public async Task<(IReadOnlyList<T> Items, string? Token)> ToListAsync()
    {
        List<T> items = [];
        string? token = await ForEachPageAsync(page =>
        {
            items.AddRange(page);
            return Task.CompletedTask;
        });
        return (items, token);
    }
}
