using System.Text.Json;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Commands;

/// <summary>Writes what <c>report</c> answers.</summary>
internal static class MonthOutput
{
    public static async Task WriteAsync(Terminal terminal, MonthDocument document, ReportFiles files, bool isJson)
    {
        if (isJson)
        {
            await JsonOutput.WriteAsync(terminal, json => JsonSerializer.Serialize(json, document, ValueJsonContext.Default.MonthDocument));
            return;
        }

        if (document is { Restatement: { } shown, Closing: not null } && (shown.Closing is not null || document.WasClosed == true))
        {
            RestatementView.Write(terminal.Out, shown);
        }
        else
        {
            MonthView.Write(terminal.Out, document.Report);
            if (document.Restatement is { } open)
            {
                terminal.Out.WriteLine();
                RestatementView.Write(terminal.Out, open);
            }
        }

        terminal.Out.WriteLine();
        foreach (string line in MonthState.Of(document))
        {
            Sentence.Write(terminal.Out, line);
        }

        foreach (string path in files.Paths)
        {
            Sentence.Write(terminal.Out, $"Written to {path}.");
        }
    }
}
