using System.Text;
using Spectre.Console;

namespace Billing.Console;

/// <summary>A writer whose width is known, whatever the process is attached to.</summary>
internal sealed class TerminalOutput(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
{
    private const int UsualHeight = 24;

    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => width;

    public int Height => HeightOf(isTerminal && !System.Console.IsOutputRedirected ? System.Console.WindowHeight : UsualHeight);

    /// <summary>The height to draw for. A terminal may say that it has no rows, such as one without a window; whoever divides by that ends the process.</summary>
    internal static int HeightOf(int rows) => rows > 0 ? rows : UsualHeight;

    public void SetEncoding(Encoding encoding)
    {
        // The writer was made with its encoding.
    }
}
