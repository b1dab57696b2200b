using Billing.Console.Json;
using Billing.Console.Views;

namespace Billing.Console.Reports;

/// <summary>Prints an entry that was just made, with its changes.</summary>
internal static class EntryOutput
{
    /// <param name="terminal">Where to.</param>
    /// <param name="store">The address of the store.</param>
    /// <param name="entry">The entry, or null where nothing was made, as in a dry run.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="sums">What they come to, in one sentence.</param>
    /// <param name="what">What the entry did, for the sentence that says how it is taken back.</param>
    public static async Task WriteAsync(Terminal terminal, string store, LedgerEntry? entry, IReadOnlyList<RecordChange> changes, bool json, string sums, string what)
    {
        if (json)
        {
            await JsonOutput.WriteAsync(terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("store", store);
                writer.WritePropertyName("entry");
                if (entry is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    EntryJson.Write(writer, entry);
                }

                writer.WriteStartArray("changes");
                foreach (RecordChange change in changes)
                {
                    EntryJson.Write(writer, change);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        ChangesView.Write(terminal.Out, changes, null);
        Sentence.Write(terminal.Out, sums, Styles.Good);
        if (entry is not null)
        {
            Sentence.Write(terminal.Out, $"To {what}: billing revert {entry.Id} --store {ShellWord.Of(store)}");
        }
    }
}
