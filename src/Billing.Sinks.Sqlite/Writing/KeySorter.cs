using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Moves the newest records into <c>record_keys</c> and <c>record_dates</c>, each in its own order, so that each of their pages
/// changes only once. They are sorted here: the sorter of SQLite needs several times the memory and the time.
/// </summary>
internal sealed class KeySorter(SqliteSession session, KeyTail tail)
{
    // A statement that inserts many rows finds the place of each beside the one before.
    private const int RowsAtOnce = 64;

    /// <summary>Binds the values of the row at a position to the parameters from the first on.</summary>
    private delegate void RowBinder(SqliteStatement insert, int first, int at);

    /// <summary>Moves all. The caller clears them.</summary>
    public void Sort()
    {
        tail.Sort();
        WriteKeys();
        WriteDates();
        session.Execute("UPDATE record_order SET through = (SELECT max(id) FROM records)");
    }

    private void WriteKeys() => Write("record_keys (head, slot, id)", (insert, first, at) =>
    {
        BindHead(insert, first, at);
        insert.Bind(first + 1, tail.SlotOf(at));
        insert.Bind(first + 2, tail.IdOf(at));
    });

    // The heads are in order here, so days and positions are in the order of days and heads.
    private void WriteDates()
    {
        ulong[] places = new ulong[tail.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = ((ulong)tail.DayOf(i) << 32) | (uint)i;
        }

        Array.Sort(places);
        (int Day, byte[] Text) last = (-1, []);
        Write("record_dates (date, head, id)", (insert, first, at) =>
        {
            int day = (int)(places[at] >> 32);
            if (day != last.Day)
            {
                last = (day, Encoding.UTF8.GetBytes(DateOnly.FromDayNumber(day).ToString("O", CultureInfo.InvariantCulture)));
            }

            insert.BindText(first, last.Text);
            BindHead(insert, first + 1, (int)(uint)places[at]);
            insert.Bind(first + 2, tail.IdOf((int)(uint)places[at]));
        });
    }

    private void Write(string table, RowBinder bind)
    {
        int at = Write(table, 1, 0, tail.Count % RowsAtOnce, bind);
        _ = Write(table, RowsAtOnce, at, tail.Count, bind);
    }

    private int Write(string table, int rows, int from, int to, RowBinder bind)
    {
        using SqliteStatement insert = session.Prepare($"INSERT INTO {table} VALUES {string.Join(", ", Enumerable.Repeat("(?, ?, ?)", rows))}");
        for (; from < to; from += rows)
        {
            for (int i = 0; i < rows; i++)
            {
                bind(insert, (i * 3) + 1, from + i);
            }

            insert.Run();
        }

        return from;
    }

    private void BindHead(SqliteStatement statement, int index, int at)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, tail.HeadOf(at));
        statement.BindBlob(index, bytes);
    }
}
