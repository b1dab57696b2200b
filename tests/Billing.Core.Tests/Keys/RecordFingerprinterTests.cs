using Billing.Core.Tests.Fingerprints;
using Billing.Fingerprints;
using Billing.Keys;
using Billing.Rows;

namespace Billing.Core.Tests.Keys;

public sealed class RecordFingerprinterTests
{
    [Fact]
    public void A_fingerprint_is_the_digest_of_the_canonical_form_row_after_row()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Content);
        foreach (int length in new[] { 10, 5000, 3 })
        {
            RecordContent content = new() { Description = new string('x', length) };
            Assert.Equal(new Fingerprint(Sha256Digest.Of(content.ToBytes())), fingerprinter.Fingerprint(content.ToRow(), SomeCurrency.Usd));
        }
    }

    [Fact]
    public void Equal_rows_count_up_under_their_scope()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Content);
        ParsedRow row = new RecordContent().ToRow();
        Fingerprint flour = PrintOf("Flour");
        Fingerprint sugar = PrintOf("Sugar");

        Assert.Equal(1, fingerprinter.NextOccurrence(row, flour, null));
        Assert.Equal(2, fingerprinter.NextOccurrence(row, flour, null));
        Assert.Equal(1, fingerprinter.NextOccurrence(row, sugar, null));
        Assert.Equal(1, fingerprinter.NextOccurrence(row, flour, "a"));
        Assert.Equal(1, fingerprinter.NextOccurrence(row, flour, "b"));
        Assert.Equal(1, fingerprinter.NextOccurrence(row, flour, ""));
        Assert.Equal(2, fingerprinter.NextOccurrence(row, flour, " a "));
        Assert.Equal(3, fingerprinter.NextOccurrence(row, flour, null));
    }

    [Fact]
    public void Identities_by_id_and_by_position_do_not_count()
    {
        foreach (RecordIdentity identity in new[] { RecordIdentity.Columns("id"), RecordIdentity.Position })
        {
            using RecordFingerprinter fingerprinter = new(identity);
            Assert.Equal(1, fingerprinter.NextOccurrence(new RecordContent().ToRow(), PrintOf("Flour"), null));
            Assert.Equal(1, fingerprinter.NextOccurrence(new RecordContent().ToRow(), PrintOf("Flour"), null));
        }
    }

    [Fact]
    public void Columns_that_are_no_id_count_rows_with_their_values_whatever_else_they_say()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.CountedColumns("date", "amount"));
        ParsedRow row = new RecordContent().ToRow();
        row.IdentityValues = ["2025-06-17", "4.50"];
        ParsedRow other = new RecordContent().ToRow();
        other.IdentityValues = ["2025-06-18", "4.50"];

        Assert.Equal(1, fingerprinter.NextOccurrence(row, PrintOf("Coffee"), null));
        Assert.Equal(2, fingerprinter.NextOccurrence(row, PrintOf("Tea"), null));
        Assert.Equal(1, fingerprinter.NextOccurrence(other, PrintOf("Coffee"), null));
        Assert.Equal(1, fingerprinter.NextOccurrence(row, PrintOf("Coffee"), "a"));
        RecordKey[] keys = [.. Enumerable.Range(1, 2).Select(occurrence => fingerprinter.Key(row, "june.csv", null, PrintOf("Coffee"), occurrence))];
        Assert.NotEqual(keys[0], keys[1]);
        Assert.Equal(keys[1], fingerprinter.Key(row, "july.csv", null, PrintOf("Tea"), 2));
        using RecordFingerprinter byId = new(RecordIdentity.Columns("date", "amount"));
        Assert.NotEqual(keys[0], byId.Key(row, "june.csv", null, PrintOf("Coffee"), 1));
    }

    [Fact]
    public void Keys_by_content_differ_by_fingerprint_occurrence_and_scope_only()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Content);
        ParsedRow row = new RecordContent().ToRow();
        Fingerprint flour = PrintOf("Flour");
        RecordKey[] keys =
        [
            fingerprinter.Key(row, "june.csv", null, flour, 1),
            fingerprinter.Key(row, "june.csv", null, flour, 2),
            fingerprinter.Key(row, "june.csv", null, PrintOf("Sugar"), 1),
            fingerprinter.Key(row, "june.csv", "", flour, 1),
            fingerprinter.Key(row, "june.csv", "a", flour, 1),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], fingerprinter.Key(row, "july.csv", null, flour, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => fingerprinter.Key(row, "june.csv", null, flour, 0));
        Assert.Equal(keys[1], fingerprinter.Key(row, "june.csv", null, flour, 2));
    }

    [Fact]
    public void Keys_by_columns_differ_by_the_values_in_their_order_and_scope_only()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Columns("invoice", "line"));
        RecordKey[] keys = [Key("1", "2"), Key("2", "1"), Key("12", ""), Key("", "12"), Key("1", "2 value 1:3"), Key("1", "2", "3"), Key("1")];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], Key(" 1", "2\t"));
        Assert.Throws<ArgumentException>(() => Key());

        RecordKey Key(params string[] values)
        {
            ParsedRow row = new RecordContent().ToRow();
            row.IdentityValues = values;
            RecordKey key = fingerprinter.Key(row, "june.csv", null, PrintOf("Flour"), 1);
            Assert.Equal(key, fingerprinter.Key(row, "july.csv", null, PrintOf("Sugar"), 2));
            Assert.NotEqual(key, fingerprinter.Key(row, "june.csv", "a", PrintOf("Flour"), 1));
            return key;
        }
    }

    [Fact]
    public void Keys_by_position_differ_by_source_name_and_byte_offset_and_scope_only()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Position);
        RecordKey[] keys = [Key("june.csv", 0), Key("june.csv", 1), Key("june.csv ", 0), Key("June.csv", 0), Key("june.csv", 0, "a")];

        Assert.Equal(keys.Length, keys.Distinct().Count());

        RecordKey Key(string source, long offset, string? scope = null)
        {
            ParsedRow row = Bad("x", offset: offset);
            RecordKey key = fingerprinter.Key(row, source, scope, PrintOf("Flour"), 1);
            Assert.Equal(key, fingerprinter.Key(row, source, scope, PrintOf("Sugar"), 2));
            return key;
        }
    }

    [Fact]
    public void The_three_identities_never_share_a_key()
    {
        ParsedRow row = new RecordContent().ToRow();
        row.IdentityValues = [PrintOf("Flour").ToString(), "1"];
        RecordKey[] keys =
        [
            .. new[] { RecordIdentity.Content, RecordIdentity.Columns("a", "b"), RecordIdentity.Position }.Select(identity =>
            {
                using RecordFingerprinter fingerprinter = new(identity);
                return fingerprinter.Key(row, "june.csv", null, PrintOf("Flour"), 1);
            }),
        ];

        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void Equal_bad_rows_of_a_run_stay_apart_and_the_next_run_gives_the_same_keys()
    {
        RecordKey[] first = Run(Bad("7,x"), Bad("8,y"), Bad("7,x"));
        RecordKey[] second = Run(Bad("9,new"), Bad("7,x", offset: 900), Bad("7,x"), Bad("8,y"));

        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal([first[0], first[2], first[1]], second[1..]);

        static RecordKey[] Run(params ParsedRow[] rows)
        {
            using RecordFingerprinter fingerprinter = new(RecordIdentity.Content);
            return [.. rows.Select(row => fingerprinter.QuarantineKey(row, null))];
        }
    }

    [Fact]
    public void Bad_rows_count_whatever_the_identity()
    {
        using RecordFingerprinter fingerprinter = new(RecordIdentity.Position);

        Assert.NotEqual(fingerprinter.QuarantineKey(Bad("7,x"), null), fingerprinter.QuarantineKey(Bad("7,x"), null));
    }

    [Fact]
    public void Bad_rows_of_another_scope_or_cut_from_another_length_are_others()
    {
        RecordKey[] keys =
        [
            First(Bad("7,x"), null),
            First(Bad("7,x"), ""),
            First(Bad("7,x"), "a"),
            First(Bad("7,y"), null),
            First(Bad("7,x", length: 5_000_000), null),
            First(Bad("7,x", length: 5_000_001), null),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());

        static RecordKey First(ParsedRow row, string? scope)
        {
            using RecordFingerprinter fingerprinter = new(RecordIdentity.Content);
            return fingerprinter.QuarantineKey(row, scope);
        }
    }

    private static Fingerprint PrintOf(string description) => new(Sha256Digest.Of(new RecordContent { Description = description }.ToBytes()));

    private static ParsedRow Bad(string raw, long offset = 300, long? length = null) => new()
    {
        Line = 2,
        ByteOffset = offset,
        Raw = System.Text.Encoding.UTF8.GetBytes(raw),
        RawLength = length ?? raw.Length,
    };
}
