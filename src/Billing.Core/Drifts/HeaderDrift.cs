namespace Billing.Drifts;

/// <summary>Compares the columns of two runs. Their order alone changes nothing, since columns are found by name; letter case and outer blanks do not count.</summary>
internal static class HeaderDrift
{
    public static IEnumerable<DriftFinding> Find(RunProfile now, RunProfile before)
    {
        if (now.Columns.Count == 0 || before.Columns.Count == 0 || now.IsCsv != before.IsCsv)
        {
            return [];
        }

        // Objects of JSON need not have all members: of those, only the ones that the layout uses are compared, and none is missing.
        ProfileColumn[] old = [.. before.Columns.Where(column => before.IsCsv || column.Roles.Count > 0)];
        ProfileColumn[] current = [.. now.Columns.Where(column => now.IsCsv || column.Roles.Count > 0)];
        List<ProfileColumn> missing = [.. old.Where(column => !IsIn(current, column))];
        List<ProfileColumn> added = [.. current.Where(column => !IsIn(old, column))];
        List<DriftFinding> findings = [.. Swapped(old, current)];
        foreach (ProfileColumn gone in missing.ToArray())
        {
            ProfileColumn? successor = added.Find(column => column.Roles.Any(role => gone.Roles.Contains(role)))
                ?? added.Find(column => old.Length == current.Length && Array.IndexOf(current, column) == Array.IndexOf(old, gone));
            if (successor is not null)
            {
                missing.Remove(gone);
                added.Remove(successor);
                findings.Add(Finding(DriftKind.ColumnRenamed, $"column renamed{RolesOf(gone)}", $"'{gone.Name}'", $"'{successor.Name}'"));
            }
        }

        if (!now.IsCsv)
        {
            return findings;
        }

        findings.AddRange(missing.Select(column => Finding(DriftKind.ColumnMissing, $"column missing{RolesOf(column)}", $"'{column.Name}'", "none")));
        findings.AddRange(added.Select(column => Finding(DriftKind.ColumnNew, $"column new{RolesOf(column)}", "none", $"'{column.Name}'")));
        return findings;
    }

    // Both columns were there and still are, but another one is read.
    private static IEnumerable<DriftFinding> Swapped(ProfileColumn[] old, ProfileColumn[] current)
    {
        foreach (string role in old.SelectMany(column => column.Roles).Distinct())
        {
            ProfileColumn from = old.First(column => column.Roles.Contains(role));
            if (current.FirstOrDefault(column => column.Roles.Contains(role)) is { } to && !IsSame(from, to) && IsIn(current, from) && IsIn(old, to))
            {
                yield return Finding(DriftKind.ColumnSwapped, $"column of the {role}", $"'{from.Name}'", $"'{to.Name}'");
            }
        }
    }

    private static bool IsIn(ProfileColumn[] columns, ProfileColumn column) => Array.Exists(columns, other => IsSame(other, column));

    private static bool IsSame(ProfileColumn one, ProfileColumn other) => one.Name.Trim().Equals(other.Name.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string RolesOf(ProfileColumn column) => column.Roles.Count == 0 ? "" : $" ({string.Join(", ", column.Roles)})";

    private static DriftFinding Finding(DriftKind kind, string what, string before, string now) => new() { Kind = kind, What = what, Before = before, Now = now };
}
