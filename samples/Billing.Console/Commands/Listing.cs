using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Csv;
using Billing.Console.Json;
using Spectre.Console;

namespace Billing.Console.Commands;

/// <summary>Goes through the pages of a listing, as <c>--page-size</c>, <c>--token</c> and <c>--all</c> say.</summary>
/// <param name="getPage">Gets a page of that size, from that token on.</param>
internal sealed class Listing<T>(ParseResult parse, CommandOptions options, Func<int, string?, Task<Page<T>>> getPage)
{
    private const int LargePage = 10_000;

    /// <summary>Prints the listing, as a document or as a table, as <c>--json</c> says.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="name">What the document calls the items.</param>
    /// <param name="writeItem">Writes an item of the document.</param>
    /// <param name="writeTable">Writes the table, with the token that goes on.</param>
    /// <param name="csv">The columns of <c>--csv</c>; null where the command has none.</param>
    /// <param name="writeHead">Writes what the document has before the items.</param>
    /// <returns>A code of <see cref="ExitCode"/>.</returns>
    public async Task<int> WriteAsync(Terminal terminal, string name, Action<Utf8JsonWriter, T> writeItem, Action<IAnsiConsole, IReadOnlyList<T>, string?> writeTable, CsvColumns<T>? csv = null, Action<Utf8JsonWriter>? writeHead = null)
    {
        if (csv is not null && CsvFile.Of(parse, options) is { } file)
        {
            await using (file)
            {
                file.WriteHeader(csv.Names);
                Action<T> write = csv.WriterOf(file);
                // A file that ends after a page would look whole.
                await ForEachPageAsync(
                    items =>
                    {
                        foreach (T item in items)
                        {
                            write(item);
                        }

                        return Task.CompletedTask;
                    },
                    all: true);
                file.Complete(terminal);
            }
        }
        else if (parse.GetValue(options.Json))
        {
            await WriteJsonAsync(terminal, name, writeItem, writeHead);
        }
        else
        {
            List<T> items = [];
            string? token = await ForEachPageAsync(page =>
            {
                items.AddRange(page);
                return Task.CompletedTask;
            });
            writeTable(terminal.Out, items, token);
        }

        return ExitCode.Success;
    }

    // The items of the page that was asked for, or of all of them, page by page; gives the token that goes on, or null at the end.
    private async Task<string?> ForEachPageAsync(Func<IReadOnlyList<T>, Task> handle, bool all = false, Action<string?>? next = null)
    {
        all |= parse.GetValue(options.All);
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
                throw new UsageException("--token is not a token of this listing. Copy it from the end of the previous page, and use the same filters.", exception);
            }

            await handle(page.Items);
            token = page.ContinuationToken;
            next?.Invoke(token);
        }
        while (all && token is not null);

        return token;
    }

    private async Task WriteJsonAsync(Terminal terminal, string name, Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter>? writeHead)
    {
        ExceptionDispatchInfo? failure = null;
        await JsonOutput.WriteAsync(terminal, async json =>
        {
            json.WriteStartObject();
            writeHead?.Invoke(json);
            json.WriteStartArray(name);
            string? token = parse.GetValue(options.Token);
            try
            {
                await ForEachPageAsync(
                    async items =>
                    {
                        foreach (T item in items)
                        {
                            write(json, item);
                        }

                        await json.FlushAsync(CancellationToken.None);
                    },
                    next: following => token = following);
            }
            catch (Exception exception) when (json.BytesCommitted > 0)
            {
                // A part is on the output already: it is ended, and says so.
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            json.WriteEndArray();
            json.WriteString("continuationToken", token);
            if (failure is not null)
            {
                json.WriteString("error", Failure.Of(failure.SourceException).Message);
            }

            json.WriteEndObject();
        });
        failure?.Throw();
    }
}
