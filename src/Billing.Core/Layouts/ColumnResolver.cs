using System.Text;

namespace Billing.Layouts;

/// <summary>Finds the columns of one header: first those that the layout names, then the others by synonyms. Anything ambiguous is an error, never a guess.</summary>
internal sealed class ColumnResolver(string sourceName, HeaderNames names, SourceLayout layout)
{
    private const int None = -1;

    private readonly IgnoredColumns _ignored = new(layout);
    private readonly HashSet<int> _statedIgnored = [.. (layout.Ignore ?? []).SelectMany(names.Find)];
    private readonly int[] _columns = [.. ColumnRoles.All.Select(_ => None)];

    public ColumnMap Resolve(RecordIdentity identity)
    {
        TakeNamed();
        TakeAmountBySynonym();
        foreach (ColumnRole role in ColumnRoles.All)
        {
            // Whose records these are changes their keys, direction and fee change their amounts, what they are called is the sender's, a balance refuses whole sources, and a status leaves rows out of sums: that is stated, never read from a header.
            if (role is not (ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit or ColumnRole.Direction or ColumnRole.Fee or ColumnRole.Scope or ColumnRole.Category or ColumnRole.Balance or ColumnRole.Status) && IsOpen(role))
            {
                this[role] = One(role, Candidates(role));
            }
        }

        if (this[ColumnRole.Date] == None && this[ColumnRole.Instant] == None)
        {
            throw Missing(ColumnRole.Date, "date or instant");
        }

        if (this[ColumnRole.Amount] == None && this[ColumnRole.Debit] == None && this[ColumnRole.Credit] == None)
        {
            throw Missing(ColumnRole.Amount, "amount, nor a pair as debit and credit");
        }

        return Map(identity);
    }

    private string LayoutName => layout.Name is null ? "the layout" : $"the layout '{layout.Name}'";

    private int this[ColumnRole role]
    {
        get => _columns[(int)role];
        set => _columns[(int)role] = value;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Snippet(ColumnRole role, string column) => $"\"columns\": {{ \"{ColumnRoles.NameOf(role)}\": \"{column}\" }}";

    private void TakeNamed()
    {
        foreach (ColumnRole role in ColumnRoles.All)
        {
            if (layout.ColumnOf(role) is not { Length: > 0 } name)
            {
                continue;
            }

            int column = Find(name, $"{LayoutName} names as {ColumnRoles.NameOf(role)}");
            foreach (ColumnRole other in ColumnRoles.All)
            {
                if (this[other] == column && !ColumnRoles.MayShare(role, other))
                {
                    throw new BillingConfigurationException($"{Capital(LayoutName)} uses column '{names.Unique[column]}' as {ColumnRoles.NameOf(other)} and as {ColumnRoles.NameOf(role)}. Name another column for one of them.");
                }
            }

            // A category that is ignored is one that the sender may change without making another record of the row.
            if (!ColumnRoles.IsAttributeToo(role) && _statedIgnored.Contains(column))
            {
                throw new BillingConfigurationException($"{Capital(LayoutName)} uses column '{names.Unique[column]}' as {ColumnRoles.NameOf(role)}, and ignores it. Name it once.");
            }

            this[role] = column;
        }
    }

    private void TakeAmountBySynonym()
    {
        if (this[ColumnRole.Amount] != None)
        {
            return;
        }

        bool named = this[ColumnRole.Debit] != None || this[ColumnRole.Credit] != None;
        int[] amounts = !named && IsOpen(ColumnRole.Amount) ? Candidates(ColumnRole.Amount) : [];
        int[] debits = IsOpen(ColumnRole.Debit) ? Candidates(ColumnRole.Debit) : [];
        int[] credits = IsOpen(ColumnRole.Credit) ? Candidates(ColumnRole.Credit) : [];
        bool paired = debits.Length > 0 && credits.Length > 0;
        if (amounts.Length > 0 && paired)
        {
            throw new SourceFormatException(sourceName, $"columns {List([.. amounts, .. debits, .. credits])} could all hold the amount. Name the right one in a layout: {Snippet(ColumnRole.Amount, names.NameFor(amounts[0]))}, or name debit and credit.");
        }

        // One side alone, found by its header, is only half: the other half may well have an unknown name.
        this[ColumnRole.Amount] = One(ColumnRole.Amount, amounts);
        if (this[ColumnRole.Amount] == None && (named || paired))
        {
            this[ColumnRole.Debit] = IsOpen(ColumnRole.Debit) ? One(ColumnRole.Debit, debits) : this[ColumnRole.Debit];
            this[ColumnRole.Credit] = IsOpen(ColumnRole.Credit) ? One(ColumnRole.Credit, credits) : this[ColumnRole.Credit];
        }
    }

    private bool IsOpen(ColumnRole role) => layout.ColumnOf(role) is null;

    private int[] Candidates(ColumnRole role)
    {
        int best = role == ColumnRole.Instant && this[ColumnRole.Date] != None ? HeaderSynonyms.WeakInstant - 1 : int.MaxValue;
        List<int> candidates = [];
        for (int i = 0; i < names.Count; i++)
        {
            if (!names.TryFindSynonym(i, out HeaderSynonym synonym) || synonym.Role != role || synonym.Rank > best || IsTaken(i))
            {
                continue;
            }

            if (synonym.Rank < best)
            {
                candidates.Clear();
                best = synonym.Rank;
            }

            candidates.Add(i);
        }

        return [.. candidates];
    }

    private bool IsTaken(int column) => _statedIgnored.Contains(column)
        || ColumnRoles.All.Any(role => role != ColumnRole.Scope && layout.ColumnOf(role) is { Length: > 0 } && this[role] == column);

    private int One(ColumnRole role, int[] candidates)
    {
        if (candidates.Length <= 1)
        {
            return candidates.Length == 0 ? None : candidates[0];
        }

        string name = ColumnRoles.NameOf(role);
        bool optional = role is not (ColumnRole.Date or ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit or ColumnRole.Currency);
        throw new SourceFormatException(sourceName, $"columns {List(candidates)} could each be the {name}. Name the right one in a layout: {Snippet(role, names.NameFor(candidates[0]))}{(optional ? ", or null for none of them" : "")}.");
    }

    private int Find(string name, string by)
    {
        int[] found = names.Find(name);
        return found.Length switch
        {
            1 => found[0],
            0 => throw new SourceFormatException(sourceName, $"there is no column '{name}', which {by}.{names.Suggest(name)} Its columns: {names.List()}."),
            _ => throw new SourceFormatException(sourceName, $"there are several columns '{name}' ({string.Join(", ", found.Select(HeaderNames.PlaceOf))}), which {by}. Name the right one by its place, such as {HeaderNames.PlaceOf(found[0])}."),
        };
    }

    private string List(int[] columns) => string.Join(", ", columns.Select(i => names.NameFor(i) is var name && name.StartsWith('#')
        ? $"'{names.Unique[i]}' ({name})"
        : $"'{name}'"));

    private SourceFormatException Missing(ColumnRole role, string what) =>
        new(sourceName, $"no column is recognised as {what}. Name it in a layout: {Snippet(role, "...")}. Its columns: {names.List()}.");

    // A status changes by its nature, and makes no other record of a row.
    private bool IsIgnored(int column) => column == this[ColumnRole.Status] || IsIgnoredByName(column);

    // A stated name is found like every other name in a layout: by place, and among repeated names.
    private bool IsIgnoredByName(int column) => _ignored.AreStated ? _statedIgnored.Contains(column) : _ignored.Has(names.Unique[column]);

    private IEnumerable<string> Warnings(int[] attributes)
    {
        if (this[ColumnRole.Balance] is not None and int balance && !IsIgnored(balance))
        {
            yield return $"column '{names.Unique[balance]}' is the running balance and distinguishes one row from another; a bank that inserts a late booking makes other records of the rows after it, unless the layout ignores it: \"ignore\": [\"{names.NameFor(balance)}\"]";
        }

        foreach (string warning in WarningsOfIgnored(attributes))
        {
            yield return warning;
        }
    }

    private IEnumerable<string> WarningsOfIgnored(int[] attributes)
    {
        if (!_ignored.AreStated)
        {
            return attributes.Where(column => IsIgnored(column) && column != this[ColumnRole.Balance] && column != this[ColumnRole.Status]).Select(column => $"column '{names.Unique[column]}' looks like a running balance: it is kept, but does not distinguish one row from another; if it should, set in a layout: \"ignore\": []");
        }

        return layout.Ignore!.Where(name => names.Find(name).Length == 0).Select(name => $"there is no column '{name.Trim()}', which {LayoutName} ignores.{names.Suggest(name)}");
    }

    private int PendingId()
    {
        if (layout.Pending is not { } terms)
        {
            return None;
        }

        if (terms.Match is not null && this[ColumnRole.Party] == None)
        {
            throw Missing(ColumnRole.Party, "party, and pending rows are matched by it");
        }

        if (terms.PostedId is { } posted)
        {
            _ = IdColumn(posted, "pending.postedId");
        }

        return terms.Id is { } id ? IdColumn(id, "pending.id") : None;
    }

    // Records keep it as their id, or among the attributes.
    private int IdColumn(string name, string member)
    {
        int column = Find(name, $"{LayoutName} names in {member}");
        return column == this[ColumnRole.Id] || IsAttribute(column)
            ? column
            : throw new BillingConfigurationException($"{Capital(LayoutName)} names column '{names.Unique[column]}' in {member}, and it has another role. Name the column of the transaction's id.");
    }

    private bool IsAttribute(int column) => !ColumnRoles.All.Any(role => !ColumnRoles.IsAttributeToo(role) && this[role] == column);

    private ColumnMap Map(RecordIdentity identity)
    {
        int[] attributes = [.. Enumerable.Range(0, names.Count).Where(IsAttribute)];
        int instant = this[ColumnRole.Instant];
        return new ColumnMap
        {
            Names = names.Unique,
            Date = this[ColumnRole.Date],
            Instant = instant,
            TimeZone = layout.TimeZone ?? (instant != None && HeaderSynonyms.SaysUtc(names.Unique[instant]) ? "UTC" : null),
            Amount = this[ColumnRole.Amount],
            Debit = this[ColumnRole.Debit],
            Credit = this[ColumnRole.Credit],
            Direction = this[ColumnRole.Direction],
            Fee = this[ColumnRole.Fee],
            Currency = this[ColumnRole.Currency],
            Id = this[ColumnRole.Id],
            Party = this[ColumnRole.Party],
            Account = this[ColumnRole.Account],
            Description = this[ColumnRole.Description],
            Scope = this[ColumnRole.Scope],
            Category = this[ColumnRole.Category],
            Balance = this[ColumnRole.Balance],
            Status = this[ColumnRole.Status],
            PendingId = PendingId(),
            NullValues = [.. layout.NullValues.Select(Encoding.UTF8.GetBytes)],
            Required = [.. layout.Required.Select(name => Find(name, $"{LayoutName} requires"))],
            Identity = [.. identity.ColumnNames.Select(name => Find(name, "the identity names"))],
            Attributes = attributes,
            AttributeNames = [.. attributes.Select(i => names.Unique[i])],
            IgnoredAttributes = attributes.Any(IsIgnored) ? [.. attributes.Select(IsIgnored)] : [],
            Ignored = _ignored,
            Warnings = [.. Warnings(attributes)],
        };
    }
}
