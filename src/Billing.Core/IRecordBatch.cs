namespace Billing;

/// <summary>
/// Records that tell their keys and fingerprints before they are made: of a source that comes again, a sink needs no more. What a pipeline gives to
/// <see cref="IBillingSink.WriteAsync"/> is such a list, unless it chose some of its records.
/// </summary>
public interface IRecordBatch : IReadOnlyList<BillingRecord>
{
    /// <summary>Returns the key of a record, which is not made for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such record.</exception>
    /// <exception cref="InvalidOperationException"><see cref="IBillingSink.WriteAsync"/> has ended.</exception>
    RecordKey KeyAt(int index);

    /// <summary>Returns the fingerprint of a record, which is not made for it.</summary>
    /// <inheritdoc cref="KeyAt" path="/exception"/>
    Fingerprint FingerprintAt(int index);
}
