using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>What was sealed, and the head, for people.</summary>
internal static class SealView
{
    public static void Write(IAnsiConsole console, string store, int made, LedgerHead? head)
    {
        if (head is null)
        {
            Sentence.Write(console, $"nothing to seal: no run has ended in {store}");
            return;
        }

        Sentence.Write(console, $"sealed: {store}: {Figures.Count(made, "new seal")}, {Figures.Count(head.Number)} in all. Keep the next line where nobody who can write to the store can write:", Styles.Good);

        // Whole, however narrow the terminal is.
        console.Profile.Out.Writer.WriteLine(head.ToString());
    }
}
