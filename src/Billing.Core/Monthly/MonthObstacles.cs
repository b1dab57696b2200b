using System.Globalization;
using Billing.Amendments;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Monthly;

/// <summary>Finds why a month is not complete.</summary>
internal sealed class MonthObstacles(IBillingStore store, BillingMonth month, TimeZoneInfo? zone, TimeZoneInfo? booksZone)
{
    private const int MostNamed = 3;

    private readonly MonthCalendar _calendar = new(month, zone);
    private readonly Dictionary<string, IngestReport?> _runs = new(StringComparer.Ordinal);
    private readonly List<string> _quarantined = [];
    private readonly List<string> _pending = [];
    private readonly List<string> _undated = [];
    private HashSet<string>? _runsOfMonth;

    public async ValueTask<IReadOnlyList<string>> FindAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<string> obstacles = [];
        if (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, booksZone ?? zone ?? TimeZoneInfo.Utc).DateTime) <= month.Last)
        {
            obstacles.Add(string.Create(CultureInfo.InvariantCulture, $"the month is not over: it ends on {month.Last:yyyy-MM-dd}"));
        }

        await foreach (IngestReport run in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (run is { Status: RunStatus.Running, RevertedBy: null })
            {
                obstacles.Add($"run {run.RunId} of {run.Source} is listed as running");
            }
        }

        QuarantineHeirs heirs = await QuarantineHeirs.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery(), cancellationToken).ConfigureAwait(false))
        {
            await LookAsync(heirs.Of(row), cancellationToken).ConfigureAwait(false);
        }

        Add(obstacles, _quarantined, "in quarantine", "dated in the month");
        Add(obstacles, _pending, "pending", "dated in the month");
        Add(obstacles, _undated, "in quarantine", "with a date that cannot be read");
        return obstacles;
    }

    private static void Add(List<string> obstacles, List<string> rows, string state, string which)
    {
        if (rows.Count > 0)
        {
            string more = rows.Count > MostNamed ? ", ..." : "";
            obstacles.Add(FormattableString.Invariant($"{rows.Count} {(rows.Count == 1 ? "row" : "rows")} {which} {(rows.Count == 1 ? "is" : "are")} {state} ({string.Join(", ", rows.Take(MostNamed))}{more})"));
        }
    }

    private async ValueTask LookAsync(QuarantinedRecord row, CancellationToken cancellationToken)
    {
        ParsedRow? read = await ReadAsync(row, cancellationToken).ConfigureAwait(false);
        if (read is null || read.Date == default)
        {
            if (await MayBeOfMonthAsync(row.RunId, cancellationToken).ConfigureAwait(false))
            {
                _undated.Add(row.Source.ToString());
            }
        }
        else if (month.Contains(_calendar.DayOf(read.Date, read.Instant)))
        {
            (row.Reason == QuarantineReason.Pending ? _pending : _quarantined).Add(row.Source.ToString());
        }
    }

    private async ValueTask<ParsedRow?> ReadAsync(QuarantinedRecord row, CancellationToken cancellationToken)
    {
        if (!_runs.TryGetValue(row.RunId, out IngestReport? run))
        {
            _runs.Add(row.RunId, run = await store.FindRunAsync(row.RunId, cancellationToken).ConfigureAwait(false));
        }

        if (run?.Settings is not { } settings)
        {
            return null;
        }

        try
        {
            return SecondReading.Of(row, SourceLayout.Parse(settings.Layout, $"layout of run {run.RunId}"), RecordIdentity.Content);
        }
        catch (SourceFormatException)
        {
            // The header that the row came with does not fit any more: its date is not known.
            return null;
        }
    }

    // Of a run that brought nothing at all, the rows may be of any month.
    private async ValueTask<bool> MayBeOfMonthAsync(string runId, CancellationToken cancellationToken)
    {
        if (_runsOfMonth is null)
        {
            _runsOfMonth = new HashSet<string>(StringComparer.Ordinal);
            await foreach (BillingRecord record in store.QueryAllAsync(_calendar.Query, cancellationToken).ConfigureAwait(false))
            {
                if (month.Contains(_calendar.DayOf(record)))
                {
                    _runsOfMonth.Add(record.RunId);
                }
            }
        }

        return _runsOfMonth.Contains(runId) || _runs.GetValueOrDefault(runId) is not { Stored.Rows: > 0 };
    }
}
