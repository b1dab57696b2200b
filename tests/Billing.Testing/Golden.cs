namespace Billing.Testing;

/// <summary>Compares observable text with an approved file. <c>APPROVE=1</c> rewrites the file, and the test fails all the same: a person looks at the difference and commits it.</summary>
public static class Golden
{
    /// <summary>Null when <paramref name="actual"/> is what the file says; else what differs and what to do.</summary>
    public static string? Difference(string path, string actual)
    {
        string name = Path.GetRelativePath(Repository.Root, path);
        string normalised = actual.ReplaceLineEndings("\n");
        string? expected = File.Exists(path) ? File.ReadAllText(path) : null;
        if (expected == normalised)
        {
            return null;
        }

        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, normalised);
            return $"{name} was rewritten, because APPROVE=1. Look at the difference, commit it, and run again without APPROVE.";
        }

        return expected is null
            ? $"{name} is not there. Run with APPROVE=1 to write it, look at it, commit it."
            : $"{name} differs{FirstDifference(expected, normalised)}\nIf that is meant, run with APPROVE=1, look at the difference, commit it.";
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $" from line {line + 1}:\n  approved: {(line < left.Length ? left[line] : "(end)")}\n  actual:   {(line < right.Length ? right[line] : "(end)")}";
    }
}
