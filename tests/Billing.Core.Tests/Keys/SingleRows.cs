using Billing.Fingerprints;
using Billing.Keys;
using Billing.Rows;

namespace Billing.Core.Tests.Keys;

/// <summary>Batches of one row.</summary>
internal static class SingleRows
{
    extension(RecordFingerprinter fingerprinter)
    {
        public Fingerprint Fingerprint(ParsedRow row, Currency currency)
        {
            FormBuffer contents = new();
            CanonicalForm.Write(row, currency, contents);
            contents.End();
            return new Fingerprint(fingerprinter.Hash(contents)[0]);
        }

        public int NextOccurrence(ParsedRow row, Fingerprint fingerprint, string? scope)
        {
            if (!fingerprinter.CountsMore(scope))
            {
                return fingerprinter.NextOccurrence(fingerprint.Digest);
            }

            fingerprinter.AddCounted(row, fingerprint, scope);
            return fingerprinter.NextOccurrence(fingerprinter.Hash()[0]);
        }

        public RecordKey Key(ParsedRow row, string sourceName, string? scope, Fingerprint fingerprint, int occurrence)
        {
            fingerprinter.AddKey(row, sourceName, scope, fingerprint, occurrence);
            return new RecordKey(fingerprinter.Hash()[0]);
        }
    }
}
