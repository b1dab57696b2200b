namespace Billing.Stores;

/// <summary>Compares records by the fields that are their own, whichever run stored them.</summary>
internal static class RecordDifferences
{
    /// <summary>Returns the fields in which two records differ.</summary>
    public static IReadOnlyList<FieldDifference> Between(BillingRecord one, BillingRecord other)
    {
        FieldComparer compare = new();
        (RecordTexts ones, RecordTexts others) = (RecordTexts.Of(one), RecordTexts.Of(other));
        for (int i = 0; i < ones.Texts.Count; i++)
        {
            if (i == ones.AttributesAt)
            {
                compare.Attributes(one.Attributes, other.Attributes);
            }

            compare.Text(ones.Texts[i].Name, ones.Texts[i].Text, others.Texts[i].Text);
        }

        return compare.Differences;
    }
}
