using System.Text;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console;

/// <summary>Where a command writes: results to the output, progress and errors to the error stream.</summary>
internal sealed class Terminal : IDisposable
{
    // Where nobody looks at columns, no line is shortened.
    private const int Unlimited = 10_000;

    private readonly StreamWriter _writer;

    /// <param name="output">The standard output.</param>
    /// <param name="error">The standard error.</param>
    /// <param name="outputWidth">The columns of the output, or null where it is no terminal.</param>
    /// <param name="errorWidth">The columns of the error stream, or null where it is no terminal.</param>
    /// <param name="timeProvider">The clock, or null for the system's.</param>
    /// <param name="input">The standard input; empty where null.</param>
    /// <param name="answers">Where a person answers, or null where none does.</param>
    public Terminal(Stream output, TextWriter error, int? outputWidth = null, int? errorWidth = null, TimeProvider? timeProvider = null, Func<Stream>? input = null, TextReader? answers = null)
    {
        OpenInput = input ?? (() => Stream.Null);
        Answers = answers;
        Output = output;
        Error = error;
        ErrorIsTerminal = errorWidth is not null;
        TimeProvider = timeProvider ?? TimeProvider.System;
        _writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
        Out = Create(_writer, outputWidth);
        ErrorOut = Create(error, errorWidth);
    }

    /// <summary>The bytes of the standard output, for documents and data.</summary>
    public Stream Output { get; }

    /// <summary>Opens the standard input, for data.</summary>
    public Func<Stream> OpenInput { get; }

    /// <summary>Where a person who sees the output answers questions, or null where none does.</summary>
    public TextReader? Answers { get; }

    /// <summary>The standard output, for people.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>The standard error, for plain lines.</summary>
    public TextWriter Error { get; }

    /// <summary>The standard error, for what moves.</summary>
    public IAnsiConsole ErrorOut { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>Whether the one JSON document of the command is on the standard output already.</summary>
    public bool HasDocument { get; set; }

    public TimeProvider TimeProvider { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        if (OperatingSystem.IsWindows() && !System.Console.IsOutputRedirected)
        {
            System.Console.OutputEncoding = Encoding.UTF8;
        }

        return new Terminal(
            System.Console.OpenStandardOutput(),
            System.Console.Error,
            System.Console.IsOutputRedirected ? null : Width(),
            System.Console.IsErrorRedirected ? null : Width(),
            input: System.Console.OpenStandardInput,
            answers: System.Console.IsInputRedirected || System.Console.IsOutputRedirected ? null : System.Console.In);
    }

    /// <summary>Writes one line to the standard error; it breaks between words where a terminal is narrow.</summary>
    public void WriteError(string message)
    {
        string line = OneLine(message);
        // A message that begins with the command's name needs no second one.
        Sentence.Write(ErrorOut, line.StartsWith("billing ", StringComparison.Ordinal) ? line : $"billing: {line}");
    }

    /// <summary>A message without line breaks.</summary>
    public static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public void Dispose() => _writer.Dispose();

    private static int Width()
    {
        const int usual = 80;
        try
        {
            return System.Console.WindowWidth is > 0 and int width ? width : usual;
        }
        catch (IOException)
        {
            // A terminal that does not tell its size.
            return usual;
        }
    }

    private static IAnsiConsole Create(TextWriter writer, int? width)
    {
        bool isTerminal = width is not null;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new TerminalOutput(writer, isTerminal, width ?? Unlimited),
            // Enrichers switch colours on where a build server runs, also into files.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
