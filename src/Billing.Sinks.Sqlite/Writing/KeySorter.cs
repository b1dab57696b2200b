using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Sorts the newest records into <c>record_keys</c> and <c>record_dates</c>, each in its own order, so that each of their pages
/// changes only once. They are sorted here, with 24 bytes per entry: the sorter of SQLite needs several times the memory and the time.
/// </summary>
internal sealed class KeySorter(SqliteSession session, long through)
{
    private const int KeyHeadSize = sizeof(ulong);
    private const string DateFormat = "yyyy-MM-dd";

    private readonly Dictionary<uint, int> _slots = [];
    private ulong[] _heads = [];

    // The upper half holds the date; the lower half holds the number, which is the id minus what was sorted before.
    private ulong[] _entries = [];

    /// <summary>Sorts the records with ids above <c>through</c>; there are at most <paramref name="most"/>.</summary>
    public void Sort(int most)
    {
        _heads = new ulong[most];
        _entries = new ulong[most];
        int count = Read();
        Array.Sort(_heads, _entries, 0, count);
        WriteKeys(count);
        WriteDates(count);
        session.Execute("UPDATE record_order SET through = (SELECT max(id) FROM records)");
    }

    private int Read()
    {
        using SqliteStatement rows = session.Prepare("SELECT id, key, key_slot, date FROM records WHERE id > ?1");
        rows.Bind(1, through);
        int count = 0;
        for (; rows.Step(); count++)
        {
            uint number = checked((uint)(rows.Int64(0) - through));
            _heads[count] = KeyIndex.HeadOf(rows.Bytes(1));
            if (rows.Int32(2) is var slot and not 0)
            {
                _slots.Add(number, slot);
            }

            _entries[count] = ((ulong)(uint)DateOf(rows).DayNumber << 32) | number;
        }

        return count;
    }

    private void WriteKeys(int count)
    {
        using SqliteStatement insert = session.Prepare("INSERT INTO record_keys (head, slot, id) VALUES (?1, ?2, ?3)");
        for (int i = 0; i < count; i++)
        {
            uint number = (uint)_entries[i];
            BindHead(insert, 1, _heads[i]);
            insert.Bind(2, _slots.GetValueOrDefault(number));
            insert.Bind(3, through + number);
            insert.Run();
        }
    }

    // The heads are in order here, so dates and places are in the order of dates and heads.
    private void WriteDates(int count)
    {
        ulong[] places = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            places[i] = (_entries[i] & ~(ulong)uint.MaxValue) | (uint)i;
        }

        Array.Sort(places);
        using SqliteStatement insert = session.Prepare("INSERT INTO record_dates (date, head, id) VALUES (?1, ?2, ?3)");
        int? bound = null;
        foreach (ulong place in places)
        {
            int day = (int)(place >> 32);
            if (day != bound)
            {
                insert.Bind(1, DateOnly.FromDayNumber(day).ToString(DateFormat, CultureInfo.InvariantCulture));
                bound = day;
            }

            uint at = (uint)place;
            BindHead(insert, 2, _heads[at]);
            insert.Bind(3, through + (uint)_entries[at]);
            insert.Run();
        }
    }

    private static void BindHead(SqliteStatement statement, int index, ulong head)
    {
        Span<byte> bytes = stackalloc byte[KeyHeadSize];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, head);
        statement.BindBlob(index, bytes);
    }

    private static DateOnly DateOf(SqliteStatement row)
    {
        Span<char> text = stackalloc char[DateFormat.Length];
        ReadOnlySpan<byte> bytes = row.Bytes(3);
        return bytes.Length == text.Length
            && Encoding.UTF8.GetChars(bytes, text) == text.Length
            && DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw new BillingException($"The record with the id {row.Int64(0)} has the date '{row.Text(3)}', which is not a date in the format yyyy-MM-dd. Correct it in the table records.");
    }
}
