using System.IO.Enumeration;

namespace Billing.Console.Arguments;

/// <summary>Turns files, folders and globs into files, in an order that is the same everywhere.</summary>
internal static class InputFiles
{
    /// <summary>What stands for the standard input.</summary>
    public const string StandardInput = "-";

    private const string StandardInputName = "stdin";

    // More than a proposal ever reads, also where it is compressed.
    private const int MostToLookAt = 8 * 1024 * 1024;

    // A folder also holds layouts and rules, which are .json, and notes, which are .txt: those are taken only by name or glob.
    private static readonly string[] s_extensions = [".csv", ".tsv", ".jsonl", ".ndjson"];

    /// <summary>The files, each once: arguments in their order, what an argument stands for ordered by ordinal path.</summary>
    /// <exception cref="UsageException">An argument stands for no file.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> arguments)
    {
        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string argument in arguments)
        {
            foreach (string file in ExpandOne(argument))
            {
                if (seen.Add(Path.GetFullPath(file)))
                {
                    files.Add(file);
                }
            }
        }

        return files;
    }

    /// <summary>The file, or the standard input, which is read once.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static async Task<IBillingSource> OpenAsync(string argument, Terminal terminal, CancellationToken cancellationToken)
    {
        if (argument != StandardInput)
        {
            return File.Exists(argument) ? BillingSource.File(argument) : throw new UsageException($"There is no file '{argument}'. Check the name and the folder.");
        }

        // A proposal may look more than once.
        using MemoryStream bytes = new();
        await using Stream input = terminal.OpenInput();
        byte[] buffer = new byte[81_920];
        for (int read; bytes.Length < MostToLookAt && (read = await input.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes.Write(buffer, 0, read);
        }

        return BillingSource.Bytes(StandardInputName, bytes.ToArray());
    }

    /// <summary>The sources that arguments stand for: files, folders, globs, and the standard input once, which has no path.</summary>
    /// <exception cref="UsageException">An argument stands for no file.</exception>
    public static IReadOnlyList<(string? Path, IBillingSource Source)> Open(IReadOnlyList<string> arguments, Terminal terminal) => arguments.Count(argument => argument == StandardInput) switch
    {
        0 => [.. Files(arguments)],
        1 => [.. arguments.SelectMany(argument => argument == StandardInput ? [(null, BillingSource.Stream(StandardInputName, terminal.OpenInput()))] : Files([argument]))],
        _ => throw new UsageException("- is named twice, but standard input can be read only once. Name it once."),
    };

    private static IEnumerable<(string? Path, IBillingSource Source)> Files(IReadOnlyList<string> arguments) =>
        Expand(arguments).Select(path => ((string?)path, BillingSource.File(path)));

    private static List<string> ExpandOne(string argument)
    {
        if (File.Exists(argument))
        {
            return [argument];
        }

        if (Directory.Exists(argument))
        {
            return NotEmpty(
                Directory.EnumerateFiles(argument).Where(IsBillingFile),
                $"The folder '{argument}' contains no file to ingest ({string.Join(", ", s_extensions)}, or one of them with .gz). Name the files, or use a glob.");
        }

        return argument.AsSpan().ContainsAny('*', '?')
            ? NotEmpty(Glob(argument), $"No file matches '{argument}'. Check the pattern and the folder.")
            : throw new UsageException($"There is no file or folder '{argument}'. Check the name and the folder.");
    }

    private static List<string> NotEmpty(IEnumerable<string> files, string complaint)
    {
        List<string> sorted = [.. files.Order(StringComparer.Ordinal)];
        return sorted.Count > 0 ? sorted : throw new UsageException(complaint);
    }

    private static bool IsBillingFile(string path)
    {
        string name = Path.GetFileName(path);
        string plain = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        return !name.StartsWith('.') && s_extensions.Contains(Path.GetExtension(plain), StringComparer.OrdinalIgnoreCase);
    }

    // * and ? match within a name, ** matches folders of any depth, none included.
    private static IEnumerable<string> Glob(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] parts = pattern[root.Length..].Split(['/', Path.DirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> folders = [root];
        foreach (string part in parts[..^1])
        {
            folders = part == "**" ? folders.SelectMany(WithFoldersBelow)
                : part.AsSpan().ContainsAny('*', '?') ? folders.SelectMany(folder => Folders(folder).Where(path => Matches(part, path)))
                : folders.Select(folder => Path.Combine(folder, part));
        }

        string last = parts[^1] == "**" ? "*" : parts[^1];
        IEnumerable<string> places = parts[^1] == "**" ? folders.SelectMany(WithFoldersBelow) : folders;
        return places.Where(folder => folder.Length == 0 || Directory.Exists(folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder.Length == 0 ? "." : folder).Select(path => Path.Combine(folder, Path.GetFileName(path))))
            .Where(path => Matches(last, path));
    }

    private static IEnumerable<string> WithFoldersBelow(string folder) => [folder, .. Folders(folder).SelectMany(WithFoldersBelow)];

    private static IEnumerable<string> Folders(string folder) =>
        folder.Length > 0 && !Directory.Exists(folder)
            ? []
            : Directory.EnumerateDirectories(folder.Length == 0 ? "." : folder)
                .Where(path => !Path.GetFileName(path).StartsWith('.'))
                .Select(path => Path.Combine(folder, Path.GetFileName(path)));

    private static bool Matches(string pattern, string path)
    {
        string name = Path.GetFileName(path);
        return (pattern.StartsWith('.') || !name.StartsWith('.'))
            && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: OperatingSystem.IsWindows());
    }
}
