using System.Text;
using Billing.Layouts;

namespace Billing.Inspection;

/// <summary>A layout that is being built from a sample: the roles of the columns so far, the reasons, and the questions left. What was stated is settled.</summary>
internal sealed class LayoutDraft
{
    // Texts that stand for null in exports of databases and spreadsheets, and for nothing else.
    private static readonly string[] NullMarkers = ["NULL", "null", "\\N", "N/A", "n/a", "#N/A"];

    private readonly Dictionary<ColumnRole, ColumnProfile> _roles = [];
    private readonly Dictionary<ColumnRole, ColumnProfile[]> _asked = [];
    private readonly HashSet<ColumnProfile> _stated = [];
    private readonly Dictionary<int, string> _why = [];
    private readonly List<LayoutQuestion> _questions;

    public LayoutDraft(SourceSample sample)
    {
        Stated = sample.Stated;
        _questions = [.. sample.Questions];
        Layout = sample.Layout with { NullValues = TakeNullValues(sample) };
        Columns = [.. sample.Columns.Select((values, i) => new ColumnProfile(
            i,
            sample.Names.NameFor(i),
            sample.Names.TryFindSynonym(i, out HeaderSynonym synonym) ? synonym : null,
            values))];
        foreach (ColumnRole role in ColumnRoles.All)
        {
            if (Stated.ColumnOf(role) is { Length: > 0 } name && sample.Names.Find(name) is [int index])
            {
                _roles[role] = Columns[index];
                _why[index] = "stated";
                _stated.Add(Columns[index]);
            }
        }
    }

    /// <summary>The layout as stated before the inspection.</summary>
    public SourceLayout Stated { get; }

    /// <summary>The proposal so far.</summary>
    public SourceLayout Layout { get; set; }

    public IReadOnlyList<ColumnProfile> Columns { get; }

    public IReadOnlyList<LayoutQuestion> Questions => _questions;

    /// <summary>The column that was taken for a role, or null.</summary>
    public ColumnProfile? this[ColumnRole role] => _roles.GetValueOrDefault(role);

    /// <summary>Whether the role was stated: a column, or that there is none.</summary>
    public bool IsSettled(ColumnRole role) => Stated.ColumnOf(role) is not null;

    /// <summary>Returns the columns that could have a role, from which a person must choose.</summary>
    public ColumnProfile[] Asked(ColumnRole role) => _asked.GetValueOrDefault(role) ?? [];

    /// <summary>Whether the column has a role.</summary>
    public bool IsTaken(ColumnProfile column) => _roles.ContainsValue(column);

    /// <summary>Returns the columns whose headers are known for the role, of the best rank.</summary>
    public ColumnProfile[] ByHeader(ColumnRole role)
    {
        ColumnProfile[] known = [.. Columns.Where(column => column.Synonym?.Role == role && !_stated.Contains(column) && column.Suits(role))];
        int best = known.Length == 0 ? 0 : known.Min(column => column.Synonym!.Value.Rank);
        return [.. known.Where(column => column.Synonym!.Value.Rank == best)];
    }

    /// <summary>Returns the columns with unknown headers whose values look right.</summary>
    public ColumnProfile[] ByLook(Func<ColumnProfile, bool> looks) =>
        [.. Columns.Where(column => column.Synonym is null && !IsTaken(column) && looks(column))];

    public void Take(ColumnRole role, ColumnProfile column, string? why = null)
    {
        _roles[role] = column;
        if (why is not null)
        {
            _why[column.Index] = why;
        }
    }

    /// <summary>Takes the only candidate for a role, or asks which it is. A settled role stays.</summary>
    public void TakeOrAsk(ColumnRole role, ColumnProfile[] candidates)
    {
        if (IsSettled(role))
        {
            return;
        }

        // By its values, a column may have been taken for another role than that of its header.
        candidates = [.. candidates.Where(candidate => !_roles.Any(taken => taken.Value == candidate && taken.Key != role && !ColumnRoles.MayShare(taken.Key, role)))];
        if (candidates.Length > 1)
        {
            AskWhich(role, candidates);
        }
        else if (candidates is [ColumnProfile column])
        {
            Take(role, column, column.Synonym is null && role != ColumnRole.Category ? $"its values are {column.Look}" : column.IsEmpty ? "its header" : $"its header; its values are {column.Look}");
        }
    }

    /// <summary>Asks which of several columns has a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="candidates">The columns.</param>
    /// <param name="more">Answers in addition to the columns.</param>
    public void AskWhich(ColumnRole role, ColumnProfile[] candidates, params LayoutAnswer[] more)
    {
        _asked[role] = candidates;
        string name = ColumnRoles.NameOf(role);
        LayoutAnswer[] none = role is ColumnRole.Date or ColumnRole.Amount ? [] : [new("none of them", layout => layout.WithColumn(role, ""))];
        Ask($"Which column is the {name}: {OneOf(candidates.Select(column => $"'{column.Name}'"))}? Set columns.{name}.", [.. AnswersOf(role, candidates), .. more, .. none]);
        foreach (ColumnProfile column in candidates)
        {
            _why[column.Index] = $"could be the {name}; its values are {column.Look}";
        }
    }

    /// <summary>Asks what only a person can decide. An answer that gives a column a role takes it from the role that it was proposed for: no answer makes a layout that contradicts itself.</summary>
    public void Ask(string text, LayoutAnswer[] answers, string? example = null, Func<SourceLayout, string, SourceLayout>? applyText = null) =>
        _questions.Add(new LayoutQuestion(text, [.. answers.Select(answer => new LayoutAnswer(answer.Text, layout => ColumnRoles.Freed(layout, answer.Apply(layout))))], example, applyText));

    /// <summary>Notes which columns a question of another kind is about.</summary>
    public void MarkAsked(ColumnRole role, ColumnProfile[] candidates) => _asked[role] = candidates;

    /// <summary>Returns one answer per column: that it has the role.</summary>
    public static IEnumerable<LayoutAnswer> AnswersOf(ColumnRole role, IEnumerable<ColumnProfile> columns) =>
        columns.Select(column => new LayoutAnswer($"'{column.Name}'", layout => layout.WithColumn(role, column.Name)));

    /// <summary>States every guess, and excludes a column that the reader would take by its header but should not.</summary>
    public void StateColumns()
    {
        foreach (ColumnRole role in ColumnRoles.All.Where(role => !IsSettled(role)))
        {
            if (this[role] is { } column)
            {
                Layout = Layout.WithColumn(role, column.Name);
            }
            else if (role is ColumnRole.Currency && Layout.DefaultCurrency is not null && WouldBeTaken(role) || role is ColumnRole.Id or ColumnRole.Party or ColumnRole.Account or ColumnRole.Description or ColumnRole.Instant && WouldBeTaken(role))
            {
                Layout = Layout.WithColumn(role, "");
            }
        }
    }

    /// <summary>Returns the roles of a column, and why it has them.</summary>
    public ColumnFinding Describe(ColumnProfile column)
    {
        string[] roles = [.. _roles.Where(role => role.Value == column).Select(role => ColumnRoles.NameOf(role.Key))];
        return new ColumnFinding(
            column.Name,
            roles.Length == 0 ? "attribute" : string.Join(", ", roles),
            _why.TryGetValue(column.Index, out string? why) ? why : $"its values are {column.Look}",
            column.Values.Sample);
    }

    /// <summary>Joins names with commas, and "or" before the last.</summary>
    public static string OneOf(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }

    private bool WouldBeTaken(ColumnRole role) => Columns.Any(column =>
        column.Synonym is { } synonym
        && synonym.Role == role
        && !IsTaken(column)
        && (role != ColumnRole.Instant || synonym.Rank < HeaderSynonyms.WeakInstant || this[ColumnRole.Date] is null));

    private static string[] TakeNullValues(SourceSample sample)
    {
        string[] found = [.. sample.Stated.NullValues, .. NullMarkers.Where(marker => !sample.Stated.NullValues.Contains(marker)
            && sample.Columns.Any(column => column.Values.Any(value => value.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(marker)))))];
        foreach (ColumnValues column in sample.Columns)
        {
            column.RemoveAll(value => found.Contains(Encoding.UTF8.GetString(value)));
        }

        return found;
    }
}
