using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>Computes what seals cover, many records side by side. Not thread-safe.</summary>
internal sealed class SealDigests
{
    // They stay in the processor's cache while they are hashed.
    private const int AtOnce = 256;

    private readonly FormBuffer _forms = new();
    private readonly SealedFields _fields;
    private readonly Sha256Digest[] _digests = new Sha256Digest[AtOnce];

    public SealDigests() => _fields = new SealedFields(_forms);

    public Sha256Digest Of(BillingRecord record)
    {
        SealForms.Write(_forms, _fields, record);
        return _forms.Hash();
    }

    public Sha256Digest Of(QuarantinedRecord row)
    {
        SealForms.Write(_forms, row);
        return _forms.Hash();
    }

    public Sha256Digest Of(LedgerDocument change)
    {
        SealForms.Write(_forms, change);
        return _forms.Hash();
    }

    /// <summary>Adds what stands for each record, in their order.</summary>
    public void AddTo(List<SealedItem> items, IReadOnlyList<BillingRecord> records)
    {
        for (int from = 0; from < records.Count; from += AtOnce)
        {
            int count = Math.Min(AtOnce, records.Count - from);
            for (int i = 0; i < count; i++)
            {
                SealForms.Write(_forms, _fields, records[from + i]);
                _forms.End();
            }

            _forms.HashAll(_digests.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                items.Add(SealedItem.Of(records[from + i].Source, _digests[i]));
            }
        }
    }
}
