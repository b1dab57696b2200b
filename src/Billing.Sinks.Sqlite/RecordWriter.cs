using System.Text;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Inserts records on one connection, inside the caller's transaction. Keeps its statements.</summary>
internal sealed class RecordWriter(sqlite3 database) : IDisposable
{
    // Only a key that is there already is let pass; every other constraint still throws.
    private readonly SqliteStatement _insert = new(database, """
        INSERT INTO records (key, fingerprint, occurrence, scope, source_id, date, instant, party, account, description,
          amount, currency, reporting_amount, reporting_currency, rate, rate_date, rate_source,
          category, category_rule, flags, alerts, attributes, source, line, byte_offset, run)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)
        ON CONFLICT (key) DO NOTHING
        """);

    private readonly SqliteStatement _find = new(database, "SELECT r.fingerprint, s.name FROM records r JOIN names s ON s.id = r.source WHERE r.key = ?1");
    private readonly NameTable _names = new(database);
    private readonly JsonText _json = new();
    private bool _expectDuplicate;

    /// <summary>Writes one record, or finds out why not.</summary>
    public WriteOutcome Write(BillingRecord record)
    {
        Span<byte> key = stackalloc byte[RecordKey.Size];
        record.Key.CopyTo(key);

        // Duplicates come in files: after one, look before binding a whole row.
        if (_expectDuplicate && Find(record, key) is { } found)
        {
            return found;
        }

        bool inserted;
        try
        {
            inserted = Insert(record, key);
        }
        catch (EncoderFallbackException)
        {
            return WriteOutcome.Refused("A text holds a lone surrogate, which is no Unicode text. Correct the source.");
        }
        catch (SqliteFault fault) when (fault.PrimaryCode == raw.SQLITE_TOOBIG)
        {
            return WriteOutcome.Refused($"The record is larger than SQLite takes ({fault.Message}).");
        }
        finally
        {
            _insert.Reset();
        }

        _expectDuplicate = !inserted;
        return inserted
            ? WriteOutcome.Stored
            : Find(record, key) ?? throw new InvalidOperationException("The key is taken and cannot be found: the index records_key is damaged. Run PRAGMA integrity_check.");
    }

    /// <summary>Forgets what was learned in a transaction that was rolled back.</summary>
    public void RolledBack() => _names.Clear();

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
        _names.Dispose();
        _json.Dispose();
    }

    private bool Insert(BillingRecord record, ReadOnlySpan<byte> key)
    {
        Span<byte> fingerprint = stackalloc byte[Fingerprint.Size];
        record.Fingerprint.CopyTo(fingerprint);
        _insert.Reset()
            .Bind(key)
            .Bind(fingerprint)
            .Bind(record.Occurrence)
            .Bind(record.Scope)
            .Bind(record.SourceId)
            .Bind(record.Date)
            .Bind(record.Instant is { } instant ? InstantText.Of(instant) : null)
            .Bind(record.Party)
            .Bind(record.Account)
            .Bind(record.Description)
            .Bind(record.Amount.Amount)
            .Bind(record.Amount.Currency.Code)
            .Bind(record.ReportingAmount.Amount)
            .Bind(record.ReportingAmount.Currency.Code);
        if (record.ExchangeRate is { } rate)
        {
            _insert.Bind(rate.ValueText).Bind(rate.Date is { } date ? InstantText.Of(date) : null).Bind(rate.Source);
        }
        else
        {
            _insert.Bind((string?)null).Bind((string?)null).Bind((string?)null);
        }

        _insert.Bind(record.Category).Bind(record.CategoryRule);
        BindList(record.Flags);
        BindList(record.Alerts);
        if (record.Attributes.Count == 0)
        {
            _insert.Bind((string?)null);
        }
        else
        {
            _insert.BindUtf8(_json.Write(record.Attributes));
        }

        _insert
            .Bind(_names.IdOf(record.Source.Name))
            .Bind(record.Source.Line)
            .Bind(record.Source.ByteOffset)
            .Bind(_names.IdOf(record.RunId))
            .Step();
        return raw.sqlite3_changes(database) > 0;
    }

    private void BindList(IReadOnlyList<string> list)
    {
        if (list.Count == 0)
        {
            _insert.Bind((string?)null);
        }
        else
        {
            _insert.BindUtf8(_json.Write(list));
        }
    }

    private WriteOutcome? Find(BillingRecord record, ReadOnlySpan<byte> key)
    {
        try
        {
            if (!_find.Reset().Bind(key).Step())
            {
                return null;
            }

            Fingerprint stored = new(_find.ReadBytes());
            string source = _names.Shared(_find.ReadBytes());
            return stored == record.Fingerprint ? WriteOutcome.Duplicate(source) : WriteOutcome.Conflict(source, stored);
        }
        finally
        {
            _find.Reset();
        }
    }
}
