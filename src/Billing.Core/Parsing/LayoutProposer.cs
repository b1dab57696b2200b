using System.Text;

namespace Billing.Parsing;

/// <summary>Proposes a layout for a sample: by what headers are known as, checked against the values; by the values alone where no header is known.</summary>
internal sealed class LayoutProposer
{
    // Texts that stand for null in exports of databases and spreadsheets, and for nothing else.
    private static readonly string[] NullMarkers = ["NULL", "null", "\\N", "N/A", "n/a", "#N/A"];

    private readonly SourceSample _sample;
    private readonly ColumnProfile[] _columns;
    private readonly Dictionary<ColumnRole, ColumnProfile> _roles = [];
    private readonly HashSet<ColumnRole> _asked = [];
    private readonly Dictionary<int, string> _why = [];
    private readonly List<string> _questions;
    private CsvLayout _layout;

    private LayoutProposer(SourceSample sample)
    {
        _sample = sample;
        _questions = [.. sample.Questions];
        _layout = sample.Layout with { NullValues = TakeNullValues(sample) };
        _columns = [.. sample.Columns.Select((values, i) => new ColumnProfile(
            i,
            sample.Names.NameFor(i),
            sample.Names.TryFindSynonym(i, out HeaderSynonym synonym) ? synonym : null,
            values))];
    }

    public static (CsvLayout Layout, IReadOnlyList<ColumnFinding> Columns, IReadOnlyList<string> Questions) Propose(SourceSample sample)
    {
        LayoutProposer proposer = new(sample);
        proposer.FindDate();
        proposer.FindInstant();
        proposer.FindAmount();
        proposer.FindCurrency();
        foreach (ColumnRole role in new[] { ColumnRole.Id, ColumnRole.Party, ColumnRole.Account, ColumnRole.Description })
        {
            proposer.TakeOrAsk(role, proposer.ByHeader(role));
        }

        proposer.StateDates();
        proposer.StateNumbers();
        proposer.StateColumns();
        return (proposer._layout, [.. proposer._columns.Select(proposer.Describe)], proposer._questions);
    }

    private static string[] TakeNullValues(SourceSample sample)
    {
        string[] found = [.. NullMarkers.Where(marker => sample.Columns.Any(column => column.Values.Any(value => value.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(marker)))))];
        foreach (ColumnValues column in sample.Columns)
        {
            column.RemoveAll(value => found.Contains(Encoding.UTF8.GetString(value)));
        }

        return found;
    }

    private void FindDate()
    {
        ColumnProfile[] known = ByHeader(ColumnRole.Date);
        if (known.Length > 0 || ByHeader(ColumnRole.Instant).Length > 0)
        {
            TakeOrAsk(ColumnRole.Date, known);
            return;
        }

        // Digits alone may be a date, but are more likely a number.
        ColumnProfile[] alike = ByLook(column => column.LooksLikeDates && !column.LooksLikeNumbers);
        TakeOrAsk(ColumnRole.Date, alike);
        if (alike.Length == 0)
        {
            _questions.Add("No column holds dates. Which is the date, and how is it written? State columns.date, and dateFormats.");
        }
    }

    private void FindInstant()
    {
        bool dated = _roles.ContainsKey(ColumnRole.Date) || _asked.Contains(ColumnRole.Date);
        ColumnProfile[] known = [.. ByHeader(ColumnRole.Instant).Where(column => !dated || column.Synonym!.Value.Rank < HeaderSynonyms.WeakInstant)];
        TakeOrAsk(ColumnRole.Instant, known);
        if (known.Length == 0 && _roles.TryGetValue(ColumnRole.Date, out ColumnProfile? date) && date.HasTimesOfDay)
        {
            // A date alone would not keep them.
            _roles[ColumnRole.Instant] = date;
        }

        if (_roles.TryGetValue(ColumnRole.Instant, out ColumnProfile? instant) && instant.LacksOffset && !HeaderSynonyms.SaysUtc(instant.Name))
        {
            _questions.Add($"Column '{instant.Name}' has no offset to UTC. In which time zone is it? State timeZone, such as \"Pacific/Auckland\" or \"UTC\".");
        }
    }

    private void FindAmount()
    {
        ColumnProfile[] amounts = ByHeader(ColumnRole.Amount);
        ColumnProfile[] debits = ByHeader(ColumnRole.Debit);
        ColumnProfile[] credits = ByHeader(ColumnRole.Credit);
        bool paired = debits.Length > 0 && credits.Length > 0;
        if (amounts.Length > 0 && paired)
        {
            Ask(ColumnRole.Amount, [.. amounts, .. debits, .. credits]);
        }
        else if (amounts.Length > 0)
        {
            TakeOrAsk(ColumnRole.Amount, amounts);
            AskOfOtherAmounts();
        }
        else if (paired)
        {
            TakeOrAsk(ColumnRole.Debit, debits);
            TakeOrAsk(ColumnRole.Credit, credits);
        }
        else
        {
            FindAmountByLook();
        }
    }

    private void FindAmountByLook()
    {
        ColumnProfile[] alike = ByLook(column => column.LooksLikeAmounts && !column.LooksLikeDates);
        ColumnProfile[] numbers = ByLook(column => column.LooksLikeNumbers && !column.LooksLikeDates);
        if (alike.Length > 0)
        {
            TakeOrAsk(ColumnRole.Amount, alike);
        }
        else if (numbers.Length > 0)
        {
            // Whole numbers are ids and counts as well: not even a single such column is taken unasked.
            Ask(ColumnRole.Amount, numbers);
        }
        else
        {
            _questions.Add("No column holds amounts. Which is the amount, and how is it written? State columns.amount, or columns.debit and columns.credit, and numbers.");
        }
    }

    private void AskOfOtherAmounts()
    {
        if (!_roles.TryGetValue(ColumnRole.Amount, out ColumnProfile? taken))
        {
            return;
        }

        string[] others = [.. _columns.Where(column => column != taken && column.Synonym?.Role == ColumnRole.Amount && column.LooksLikeNumbers).Select(column => $"'{column.Name}'")];
        if (others.Length > 0)
        {
            _questions.Add($"The amount is taken from '{taken.Name}'. {Or(others)} could be it as well: is '{taken.Name}' what is to be counted?");
        }
    }

    private void FindCurrency()
    {
        ColumnProfile[] known = ByHeader(ColumnRole.Currency);
        ColumnProfile[] candidates = known.Length > 0 ? known : ByLook(column => column.LooksLikeCurrencies);
        TakeOrAsk(ColumnRole.Currency, candidates);
        if (candidates.Length == 0)
        {
            _questions.Add("No column holds currency codes. In which currency are the amounts? State defaultCurrency, such as \"USD\".");
        }
    }

    private void StateDates()
    {
        if (!_roles.TryGetValue(ColumnRole.Date, out ColumnProfile? column))
        {
            return;
        }

        if (column.Dates.Doubt is [string one, string other])
        {
            _questions.Add($"Column '{column.Name}': {Shown(column)} may be written {one} or {other}. Which is it? State dateFormats.");
            return;
        }

        _layout = _layout with { DateFormats = column.Dates.Formats };
    }

    private void StateNumbers()
    {
        ColumnProfile[] columns = [.. new[] { ColumnRole.Amount, ColumnRole.Debit, ColumnRole.Credit }
            .Where(_roles.ContainsKey)
            .Select(role => _roles[role])
            .Where(column => !column.Values.AreJsonNumbers)];
        NumberFinding found = NumberLook.Find([.. columns.SelectMany(column => column.Values.Values)]);
        if (found.Doubt is not null)
        {
            _questions.Add($"Column '{columns[0].Name}': {found.Doubt}. Is the mark of its decimals a point or a comma? State numbers.");
            return;
        }

        _layout = _layout with { Numbers = found.Format };
        if (_roles.TryGetValue(ColumnRole.Debit, out ColumnProfile? debit)
            && debit.Values.Values.Any(value => AmountParser.Parse(value, found.Format, "", out decimal number) is null && number < 0))
        {
            _questions.Add($"Column '{debit.Name}' has negative numbers, which count as positive, since debits are taken as negative. Is that meant?");
        }
    }

    // Every guess is stated, and so is that a column which the reader would take by its header is not taken.
    private void StateColumns()
    {
        foreach (ColumnRole role in ColumnRoles.All)
        {
            if (_roles.TryGetValue(role, out ColumnProfile? column))
            {
                _layout = _layout.WithColumn(role, column.Name);
            }
            else if (role is ColumnRole.Id or ColumnRole.Party or ColumnRole.Account or ColumnRole.Description or ColumnRole.Instant && WouldBeTaken(role))
            {
                _layout = _layout.WithColumn(role, "");
            }
        }
    }

    private bool WouldBeTaken(ColumnRole role) => _columns.Any(column =>
        column.Synonym is { } synonym
        && synonym.Role == role
        && !_roles.ContainsValue(column)
        && (role != ColumnRole.Instant || synonym.Rank < HeaderSynonyms.WeakInstant || !_roles.ContainsKey(ColumnRole.Date)));

    private ColumnProfile[] ByHeader(ColumnRole role)
    {
        ColumnProfile[] known = [.. _columns.Where(column => column.Synonym?.Role == role && column.Suits(role))];
        int best = known.Length == 0 ? 0 : known.Min(column => column.Synonym!.Value.Rank);
        return [.. known.Where(column => column.Synonym!.Value.Rank == best)];
    }

    private ColumnProfile[] ByLook(Func<ColumnProfile, bool> looks) =>
        [.. _columns.Where(column => column.Synonym is null && !_roles.ContainsValue(column) && looks(column))];

    private void TakeOrAsk(ColumnRole role, ColumnProfile[] candidates)
    {
        if (candidates.Length > 1)
        {
            Ask(role, candidates);
        }
        else if (candidates is [ColumnProfile column])
        {
            _roles[role] = column;
            _why[column.Index] = column.Synonym is null ? $"its values are {LookOf(column)}" : column.IsEmpty ? "its header" : $"its header; its values are {LookOf(column)}";
        }
    }

    private void Ask(ColumnRole role, ColumnProfile[] candidates)
    {
        _asked.Add(role);
        string name = ColumnRoles.NameOf(role);
        _questions.Add($"Which column is the {name}: {Or([.. candidates.Select(column => $"'{column.Name}'")])}? State columns.{name}.");
        foreach (ColumnProfile column in candidates)
        {
            _why[column.Index] = $"could be the {name}; its values are {LookOf(column)}";
        }
    }

    private ColumnFinding Describe(ColumnProfile column)
    {
        string[] roles = [.. _roles.Where(role => role.Value == column).Select(role => ColumnRoles.NameOf(role.Key))];
        return new ColumnFinding(
            column.Name,
            roles.Length == 0 ? "attribute" : string.Join(", ", roles),
            _why.TryGetValue(column.Index, out string? why) ? why : $"its values are {LookOf(column)}",
            column.Values.Sample);
    }

    private static string LookOf(ColumnProfile column) =>
        column.IsEmpty ? "empty"
        : column.LooksLikeCurrencies ? "currency codes"
        : column.LooksLikeDates && !column.LooksLikeNumbers ? column.Dates.Formats.Count > 0 ? $"dates ({string.Join(", ", column.Dates.Formats)})" : "dates"
        : column.LooksLikeNumbers ? "numbers"
        : "text";

    private static string Shown(ColumnProfile column) => Utf8Text.Quote(column.Values.Values[0]);

    private static string Or(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
