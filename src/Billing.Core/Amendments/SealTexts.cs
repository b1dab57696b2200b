namespace Billing.Amendments;

/// <summary>What seals cover, in words.</summary>
internal static class SealTexts
{
    public static string Counts(LedgerSeal seal) => Counts(seal.Records, seal.Quarantined, seal.Changes);

    public static string Counts(SealedContent content) => Counts(content.Records, content.Quarantined, content.Changes);

    /// <summary>What is there now, compared with what was sealed.</summary>
    public static string Difference(LedgerSeal seal, SealedContent now) => (seal.Records, seal.Quarantined, seal.Changes) == (now.Records, now.Quarantined, now.Changes)
        ? $"There are as many as were sealed ({Counts(seal)}), and at least one was changed."
        : $"Sealed were {Counts(seal)}; there are {Counts(now)}.";

    private static string Counts(long records, long quarantined, long changes) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{records} {(records == 1 ? "record" : "records")}{(quarantined > 0 ? $", {quarantined} in quarantine" : "")}{(changes > 0 ? $", {changes} {(changes == 1 ? "change" : "changes")}" : "")}");
}
