using System.CommandLine;
using System.Globalization;
using Billing.Console.Arguments;
using Billing.Console.Views;
using CsvHelper;

namespace Billing.Console.Csv;

/// <summary>
/// The file of <c>--csv</c>: UTF-8, RFC 4180, amounts with every digit. It is there when it is whole, and not before.
/// A text that a spreadsheet would run as a formula gets an apostrophe before it, and so does one that begins with apostrophes and goes on like that:
/// taking one off where it stands before such a text gives back every value.
/// </summary>
internal sealed class CsvFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _partPath;
    private readonly CsvWriter _writer;
    private long _rows = -1;
    private long _marked;
    private bool _isComplete;

    private CsvFile(string path)
    {
        _path = path;
        _partPath = path + ".part";
        _writer = CsvWriter.Create(new FileStream(_partPath, FileMode.Create, FileAccess.Write), new CsvWriterOptions { Separator = ',' });
    }

    /// <summary>The file that the command line names, or null where it names none.</summary>
    /// <exception cref="UsageException">It is there already, or another form of output is asked for.</exception>
    public static CsvFile? Of(ParseResult parse, CommandOptions options)
    {
        if (parse.GetValue(options.Csv) is not { } path)
        {
            return null;
        }

        if (parse.GetValue(options.Json))
        {
            throw new UsageException("--csv and --json cannot be used together. Choose one.");
        }

        return !File.Exists(path) || parse.GetValue(options.Force)
            ? new CsvFile(path)
            : throw new UsageException($"The file '{path}' already exists. Name another one, or overwrite it with --force.");
    }

    public void WriteHeader(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            WriteText(name);
        }

        EndRow();
    }

    public void WriteText(string? text)
    {
        text ??= "";
        if (IsMarked(text))
        {
            _marked++;
            text = "'" + text;
        }

        _writer.WriteField(text);
    }

    /// <summary>Writes what cannot be taken for a formula: a number, a date, a key.</summary>
    public void WriteExact(string? text) => _writer.WriteField(text ?? "");

    public void WriteAmount(decimal? amount) => WriteExact(amount?.ToString(CultureInfo.InvariantCulture));

    public void WriteNumber(long number) => WriteExact(number.ToString(CultureInfo.InvariantCulture));

    public void EndRow()
    {
        _writer.EndRecord();
        _rows++;
    }

    /// <summary>Puts the file in its place, and says so.</summary>
    public void Complete(Terminal terminal)
    {
        _writer.Dispose();
        File.Move(_partPath, _path, overwrite: true);
        _isComplete = true;
        Sentence.Write(terminal.Out, $"{Figures.Count(_rows, "row")} written to {_path}.");
        if (_marked > 0)
        {
            terminal.WriteError($"warning: {Figures.Count(_marked, "text")} in {_path} could be run as a formula by a spreadsheet; each has an apostrophe before it.");
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!_isComplete)
        {
            _writer.Dispose();
            File.Delete(_partPath);
        }

        return ValueTask.CompletedTask;
    }

    // Apostrophes before such a text count, too: otherwise one of the value could not be told from one of this file.
    private static bool IsMarked(string text) => text.AsSpan().TrimStart('\'') is [var first, ..]
        && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
}
