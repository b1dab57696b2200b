using System.Text;
using Spectre.Console;

namespace Billing.Console;

/// <summary>A writer whose width is known, whatever the process is attached to.</summary>
internal sealed class TerminalOutput(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => width;

    public int Height => isTerminal && !System.Console.IsOutputRedirected ? System.Console.WindowHeight : 24;

    public void SetEncoding(Encoding encoding)
    {
        // The writer was made with its encoding.
    }
}
