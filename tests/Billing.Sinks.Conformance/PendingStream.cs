using System.Globalization;
using System.Text;

namespace Billing.Sinks.Conformance;

/// <summary>
/// Transactions of an account that are first pending, then posted, and the files in which a bank lists them: with tips, later dates and equal amounts; some authorisations are released, some transactions
/// were never pending. A seed decides all of it.
/// </summary>
internal sealed class PendingStream
{
    private const int Days = 5;
    private static readonly DateOnly s_first = new(2025, 6, 1);
    private static readonly decimal[] s_amounts = [-10m, -10m, -12.5m, -20m, 8m];

    private readonly List<Transaction> _transactions = [];
    private readonly Dictionary<string, HashSet<int>> _byPendingRow = new(StringComparer.Ordinal);
    private readonly HashSet<int> _posted = [];
    private readonly bool _authorisationsAreNamed;

    public PendingStream(int seed)
    {
        Random random = new(seed);
        HasIds = seed % 2 == 0;
        Scope = string.Create(CultureInfo.InvariantCulture, $"account {seed}");
        _authorisationsAreNamed = random.Next(2) == 0;
        for (int number = 0; number < 14; number++)
        {
            // Of one party, either some authorisations are released or some transactions were never pending: otherwise nobody could tell.
            string party = ((string[])["Hotel", "Cafe", "Garage"])[random.Next(3)];
            decimal authorised = s_amounts[random.Next(s_amounts.Length)];
            int day = random.Next(20);
            _transactions.Add(new Transaction(
                number, party, authorised, random.Next(3) == 0 ? authorised : authorised + decimal.Round(authorised * random.Next(0, 20) / 100, 1), day, day + random.Next(Days),
                IsReleased: party == "Hotel" && random.Next(4) == 0, WasPending: party != "Cafe" || random.Next(4) != 0));
        }

        List<string> files = [];
        for (int day = 2; day < 26; day += random.Next(2, 5))
        {
            files.Add(File(day, window: random.Next(8, 20), random));
        }

        files.Add(File(30, window: 31, random));

        // Authorisations of the hotel that no file happened to list: of released ones, nobody could tell otherwise whose posted rows are theirs.
        files.Add(FileOf(_transactions.Where(transaction => transaction is { Party: "Hotel", IsReleased: false } && !_byPendingRow.Values.Any(numbers => numbers.Contains(transaction.Number))).Select(Pending)));
        Files = [.. files, files[random.Next(files.Count)]];
        InOtherOrder = [.. Files.OrderBy(_ => random.Next())];
    }

    /// <summary>Whether the bank's ids pair the rows; otherwise party, amount and days do.</summary>
    public bool HasIds { get; }

    public string Scope { get; }

    /// <summary>The files, in the order of their days; one comes twice.</summary>
    public IReadOnlyList<string> Files { get; }

    public IReadOnlyList<string> InOtherOrder { get; }

    /// <summary>The money that was posted.</summary>
    public decimal Posted => _transactions.Where(transaction => _posted.Contains(transaction.Number)).Sum(transaction => transaction.Posted);

    public int PostedRows => _posted.Count;

    public SourceLayout Layout => new()
    {
        Status = "status",
        Ignore = [],
        Pending = new PendingTerms
        {
            Values = ["pending", "Vorgemerkt"],
            Posted = ["posted", ""],
            Id = HasIds ? "ref" : null,
            Match = HasIds ? null : new PendingMatch { Days = Days, Percent = 20 },
        },
    };

    /// <summary>Checks what the ledger holds of the stream when all files are there.</summary>
    /// <returns>What became of each pending row, as a text.</returns>
    public async Task<string> CheckAsync(IBillingStore ledger, string context, CancellationToken cancellationToken)
    {
        BillingRecord[] records = await ledger.QueryAllAsync(new RecordQuery { Scope = Scope }, cancellationToken).ToArrayAsync(cancellationToken);
        Assert.Equal($"{context}: {PostedRows} rows, {Posted:0.####}", $"{context}: {records.Length} rows, {records.Sum(record => record.Amount.Amount):0.####}");
        Dictionary<RecordKey, int> numbers = records.ToDictionary(record => record.Key, record => int.Parse(record.SourceId![1..], CultureInfo.InvariantCulture));
        QuarantinedRecord[] rows = await ledger.GetAllQuarantineAsync(new QuarantineQuery { Reason = QuarantineReason.Pending, IncludeResolved = true }, cancellationToken).Where(row => row.Scope == Scope).ToArrayAsync(cancellationToken);
        PendingTransaction[] listed = [.. (await new LedgerPending(ledger).ListAsync(includeClosed: true, cancellationToken)).Where(row => row.Scope == Scope)];
        Assert.Equal(rows.Length, listed.Length);
        StringBuilder states = new();
        foreach (PendingTransaction pending in listed)
        {
            QuarantinedRecord row = rows.Single(row => row.Key == pending.Key);
            HashSet<int> truth = _byPendingRow[row.RawText];
            string about = $"{context}: {pending} ({string.Join(", ", truth)})";
            Assert.True(row.PostedAs == pending.PostedAs && row.IsOpen == pending.State is PendingState.Waiting or PendingState.Lapsed or PendingState.Asked, $"{about}: the store says {row.Resolution}");
            if (pending.PostedAs is { } posted)
            {
                Assert.True(truth.Contains(numbers[posted]), $"{about}: wrongly merged with {numbers[posted]}");
            }
            else if (truth.Any(_posted.Contains))
            {
                Assert.True(!HasIds && pending.State == PendingState.Asked && truth.Where(_posted.Contains).All(number => pending.Candidates.Any(key => numbers[key] == number)), $"{about}: neither replaced nor asked about");
            }
            else
            {
                Assert.True(!HasIds || pending.State == PendingState.Lapsed, about);
            }

            states.Append(CultureInfo.InvariantCulture, $"{row.RawText} {row.Key} {pending.State} {pending.PostedAs} {string.Join(' ', pending.Candidates)}\n");
        }

        return states.ToString();
    }

    private static string Date(int day) => s_first.AddDays(day).ToString("O", CultureInfo.InvariantCulture);

    // What the bank lists on a day: transactions of its window, posted if they are by then.
    private string File(int day, int window, Random random)
    {
        List<string> lines = [];
        foreach (Transaction transaction in _transactions.OrderBy(_ => random.Next()))
        {
            if (!transaction.IsReleased && transaction.PostedOn <= day && transaction.PostedOn > day - window)
            {
                _posted.Add(transaction.Number);
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Date(transaction.PostedOn)},{(transaction.Number % 4 == 0 ? transaction.Party.ToUpperInvariant() : transaction.Party)},{transaction.Posted},USD,{(transaction.Number % 3 == 0 ? "" : "POSTED")},T{transaction.Number}"));
            }
            else if (transaction.WasPending && transaction.On <= day && transaction.On > day - window && transaction.PostedOn > day)
            {
                lines.Add(Pending(transaction));
            }
        }

        return FileOf(lines);
    }

    private string Pending(Transaction transaction)
    {
        string reference = HasIds ? $"T{transaction.Number}" : _authorisationsAreNamed ? $"A{transaction.Number}" : "";
        string row = string.Create(CultureInfo.InvariantCulture, $"{Date(transaction.On)},{transaction.Party},{transaction.Authorised},USD,{(transaction.Number % 2 == 0 ? "Pending" : "VORGEMERKT")},{reference}");
        if (!_byPendingRow.TryGetValue(row, out HashSet<int>? numbers))
        {
            _byPendingRow.Add(row, numbers = []);
        }

        numbers.Add(transaction.Number);
        return row;
    }

    private static string FileOf(IEnumerable<string> lines) => $"date,party,amount,currency,status,ref\n{string.Concat(lines.Select(line => line + "\n"))}";

    private sealed record Transaction(int Number, string Party, decimal Authorised, decimal Posted, int On, int PostedOn, bool IsReleased, bool WasPending);
}
