using System.Text;
using Billing.Amendments;
using Billing.Fingerprints;

namespace Billing.Core.Tests.Amendments;

/// <summary>The bytes of seals, frozen: heads that people keep must lead to them for ever (docs/seals.md).</summary>
public sealed class SealVectorTests
{
    private static readonly LedgerSeal s_seal = new()
    {
        Number = 42,
        Of = "019a0000000070008000000000000001",
        Kind = LedgerSealKind.Run,
        Report = new string('a', 64),
        Content = new string('b', 64),
        Records = 3,
        Quarantined = 1,
        Changes = 0,
        Previous = new string('c', 64),
        SealedAt = new DateTimeOffset(2026, 11, 30, 17, 0, 0, TimeSpan.Zero),
        Hash = "",
    };

    [Fact]
    public void A_seal_is_hashed_as_ever()
    {
        string bytes = $"seal.v1,2:42,32:{s_seal.Of},3:run,64:{s_seal.Report},64:{s_seal.Content},1:3,1:1,1:0,64:{s_seal.Previous},20:2026-11-30T17:00:00Z,";
        Assert.Equal(Sha256Digest.Of(Encoding.UTF8.GetBytes(bytes)).ToString(), SealForms.HashOf(s_seal));
        Assert.Equal("3a636008f74ad73f08bd78299c63968f034cc60ec1e426238f2c2240b7233e87", SealForms.HashOf(s_seal));
    }

    [Fact]
    public void A_record_is_hashed_as_ever()
    {
        BillingRecord record = EveryField.Record();
        using MemoryStream bytes = new();
        Add(bytes, "record.v1,32:");
        bytes.Write(record.Key.ToByteArray());
        Add(bytes, ",32:");
        bytes.Write(record.Fingerprint.ToByteArray());
        Add(bytes, ",1:3,9:scope \0 1,7:id-0012,10:2025-02-28,33:2025-02-28T23:59:58.1234560+05:45,16:Café 'Süd' ✓,9:account 7,28:tab\t, line\n, \\N and \"quotes\",7:-12.500,3:CAD,5:-9.10,3:USD,6:0.7280,10:2025-02-27,14:table of rates,");
        Add(bytes, "8:supplies,16:rule of supplies,1:2,5:large,7:weekend,1:1,5:alert,1:3,3:vat,4:2.50,4:note,-,ignored,5:empty,0:,15:every-field.csv,2:17,4:1234,18:run-of-every-field,");
        FormBuffer form = new();
        SealForms.Write(form, new SealedFields(form), record);
        Assert.Equal(Encoding.UTF8.GetString(bytes.ToArray()), Encoding.UTF8.GetString(form.Written));
        Assert.Equal(Sha256Digest.Of(bytes.ToArray()), new SealDigests().Of(record));
    }

    [Fact]
    public void A_seal_and_a_head_are_written_and_read_without_loss()
    {
        LedgerSeal seal = s_seal with { Hash = SealForms.HashOf(s_seal) };
        Assert.Equal(seal, SealDocuments.Read(SealDocuments.Write(seal)));
        LedgerHead head = LedgerHead.Of(seal);
        Assert.Equal($"billing-head 1 42 {seal.Hash} 2026-11-30T17:00:00Z", head.ToString());
        Assert.Equal(head, LedgerHead.Parse(head.ToString()));
        Assert.False(LedgerHead.TryParse(head.ToString().Replace("head 1", "head 2", StringComparison.Ordinal), out _));
        Assert.Throws<FormatException>(() => LedgerHead.Parse("billing-head 1 0 x"));
    }

    private static void Add(MemoryStream bytes, string text) => bytes.Write(Encoding.UTF8.GetBytes(text));
}
