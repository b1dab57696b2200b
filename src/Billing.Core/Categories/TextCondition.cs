namespace Billing.Categories;

/// <summary>A word or phrase is in the party, the description or the account.</summary>
internal sealed class TextCondition(WordSearch words) : RecordCondition
{
    public override bool Holds(IRuleSubject record) =>
        words.Finds(record.Party) || words.Finds(record.Description) || words.Finds(record.Account);
}
