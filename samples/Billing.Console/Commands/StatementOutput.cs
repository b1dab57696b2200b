using Billing.Console.Json;
using Billing.Console.Reports;

namespace Billing.Console.Commands;

/// <summary>Writes a statement as JSON or for people, and its errors to the error stream.</summary>
internal static class StatementOutput
{
    public static async Task WriteAsync(Terminal terminal, IngestStatement statement, bool json)
    {
        if (json)
        {
            await JsonOutput.WriteAsync(terminal, writer => IngestJson.Write(writer, statement));
        }
        else if (statement.Reports.Count > 0 || statement.Errors.Count == 0)
        {
            StatementView.Write(terminal.Out, statement);
        }

        foreach (string error in statement.Errors)
        {
            terminal.WriteError(error);
        }
    }
}
