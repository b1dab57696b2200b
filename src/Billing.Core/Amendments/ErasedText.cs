namespace Billing.Amendments;

/// <summary>What stands where text was erased, and which fields can be.</summary>
internal static class ErasedText
{
    public const string Placeholder = LedgerErasure.Placeholder;

    public const string OfAttribute = "attributes.";

    /// <summary>Whether some text of a record was erased.</summary>
    public static bool Is(BillingRecord record)
    {
        if (record.Party == Placeholder || record.Account == Placeholder || record.Description == Placeholder || record.SourceId == Placeholder)
        {
            return true;
        }

        foreach (string? value in record.Attributes.Values)
        {
            if (value == Placeholder)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the fields that count as erased are, and are such as can be. Nothing with a figure or a date is.</summary>
    public static bool Holds(BillingRecord record, IEnumerable<string> fields) => fields.All(field =>
        field.StartsWith(OfAttribute, StringComparison.Ordinal) ? record.Attributes[field[OfAttribute.Length..]] == Placeholder
        : field switch
        {
            "source_id" => record.SourceId,
            "party" => record.Party,
            "account" => record.Account,
            "description" => record.Description,
            _ => null,
        } == Placeholder);
}
