namespace Billing.Sinks.Sqlite.Schema;

/// <summary>
/// The triggers that keep <c>record_keys</c> and <c>record_dates</c> correct, and each key stored only once, whatever SQL a program uses to write.
/// </summary>
internal static class EditSchema
{
    // RecordWriter looks up each key before it inserts, so the triggers do not fire for it, or (if there are triggers of others too, and in
    // earlier versions) find record_order.writing at 1, which it is only inside such a transaction. An insert of any other program first sorts
    // what is not sorted yet (once), so that the check needs no scan. The checks use RAISE, because OR REPLACE and OR IGNORE of a statement also
    // apply in its triggers. OR REPLACE removes the row with the same id without firing a trigger, so this is checked first: if no id is given, SQLite passes -1.
    public const string Sort = """
            INSERT INTO record_keys SELECT substr(key, 1, 8), key_slot, id FROM records WHERE id > (SELECT through FROM record_order);
            INSERT INTO record_dates SELECT date, substr(key, 1, 8), id FROM records WHERE id > (SELECT through FROM record_order);
            UPDATE record_order SET through = (SELECT max(id) FROM records) WHERE through < (SELECT max(id) FROM records);
        """;

    /// <summary>Returns a row if the records have triggers that are not ours.</summary>
    public const string OtherTriggers = """
        SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'records' COLLATE NOCASE
            AND name NOT IN ('records_before_insert', 'records_inserted', 'records_before_move', 'records_moved', 'records_deleted', 'records_changed') LIMIT 1
        """;

    private const string SortOthers = """
            INSERT INTO record_keys SELECT substr(key, 1, 8), key_slot, id FROM records WHERE id > (SELECT through FROM record_order) AND id <> new.id;
            INSERT INTO record_dates SELECT date, substr(key, 1, 8), id FROM records WHERE id > (SELECT through FROM record_order) AND id <> new.id;
            UPDATE record_order SET through = (SELECT max(id) FROM records) WHERE through < (SELECT max(id) FROM records);
        """;

    private const string Add = """
            SELECT RAISE(ABORT, 'the id of a record is 1 to 9007199254740991') WHERE new.id NOT BETWEEN 1 AND 9007199254740991;
            SELECT RAISE(ABORT, 'UNIQUE constraint failed: records.key') WHERE EXISTS (
                SELECT 1 FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.head = substr(new.key, 1, 8) AND r.key = new.key);
            SELECT RAISE(ABORT, 'UNIQUE constraint failed: record_keys.head, records.key_slot') WHERE EXISTS (
                SELECT 1 FROM record_keys WHERE head = substr(new.key, 1, 8) AND slot = new.key_slot);
            INSERT INTO record_keys VALUES (substr(new.key, 1, 8), new.key_slot, new.id);
            INSERT INTO record_dates VALUES (new.date, substr(new.key, 1, 8), new.id);
            UPDATE record_order SET through = max(through, new.id), edits = edits + 1;
        """;

    // Edits made under the triggers of older versions may be missing from the tables, so the tables are rebuilt. The third
    // insert fails if two records have one key and different slots; the first fails if they have the same slot.
    public const string Script = $"""
        ALTER TABLE record_order ADD COLUMN writing INTEGER NOT NULL DEFAULT 0;
        DELETE FROM record_keys;
        DELETE FROM record_dates;
        INSERT INTO record_keys SELECT substr(key, 1, 8), key_slot, id FROM records ORDER BY 1, 2;
        INSERT INTO record_dates SELECT date, substr(key, 1, 8), id FROM records ORDER BY 1, 2, 3;
        INSERT INTO record_keys SELECT k.head, k.slot, k.id FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.slot <> 0 AND EXISTS (
            SELECT 1 FROM record_keys AS l JOIN records AS s ON s.id = l.id WHERE l.head = k.head AND l.id <> k.id AND s.key = r.key);
        UPDATE record_order SET through = (SELECT coalesce(max(id), 0) FROM records), edits = edits + 1;

        CREATE TRIGGER records_before_insert BEFORE INSERT ON records WHEN new.id > 0 BEGIN
            SELECT RAISE(ABORT, 'UNIQUE constraint failed: records.id') WHERE EXISTS (SELECT 1 FROM records WHERE id = new.id);
        END;
        CREATE TRIGGER records_inserted AFTER INSERT ON records WHEN (SELECT writing FROM record_order) IS NOT 1 BEGIN
        {SortOthers}
        {Add}
        END;
        DROP TRIGGER records_moved;
        CREATE TRIGGER records_before_move BEFORE UPDATE OF id, key, key_slot, date ON records BEGIN
            SELECT RAISE(ABORT, 'UNIQUE constraint failed: records.id') WHERE new.id <> old.id AND EXISTS (SELECT 1 FROM records WHERE id = new.id);
        {Sort}
        END;
        CREATE TRIGGER records_moved AFTER UPDATE OF id, key, key_slot, date ON records BEGIN
            DELETE FROM record_keys WHERE head = substr(old.key, 1, 8) AND slot = old.key_slot AND id = old.id;
            DELETE FROM record_dates WHERE date = old.date AND head = substr(old.key, 1, 8) AND id = old.id;
        {Add}
        END;
        """;
}
