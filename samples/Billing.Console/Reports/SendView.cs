using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>What became of the messages for a queue, for people.</summary>
internal static class SendView
{
    public static void Write(IAnsiConsole console, SendStatement statement)
    {
        Table table = new(new("Not sent because"), new("Messages", ColumnKind.Number), new("Error of the first", ColumnKind.LongText, IsOptional: true));
        foreach ((string code, int messages, string error) in statement.Reasons())
        {
            table.Add(new Cell(code, Styles.Bad), Figures.Count(messages), new Cell(error, Styles.Quiet));
        }

        if (statement.NotTried > 0)
        {
            table.Add("not tried", Figures.Count(statement.NotTried), "");
        }

        if (statement.Sent < statement.Count)
        {
            table.WriteTo(console);
            console.WriteLine();
        }

        Sentence.Write(
            console,
            $"{statement.Queue}: messages {Figures.Count(statement.Count)} = sent {Figures.Count(statement.Sent)} + not sent {Figures.Count(statement.Count - statement.Sent)}",
            statement.Sent == statement.Count ? Styles.Good : Styles.Bad);
    }
}
