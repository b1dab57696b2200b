namespace Billing.Categories;

/// <summary>What rules look at: a record, or a row that is becoming one. Texts are decoded only if a rule asks for them.</summary>
internal interface IRuleSubject
{
    /// <summary>The record itself, for rules that are code.</summary>
    BillingRecord Record { get; }

    DateOnly Date { get; }

    string? Scope { get; }

    string? Party { get; }

    string? Account { get; }

    string? Description { get; }

    Money Amount { get; }

    Money ReportingAmount { get; }

    /// <summary>The names of the attributes, in an array that never changes: the rows of a source share it.</summary>
    string[] AttributeNames { get; }

    /// <summary>The value of the attribute at a place among the names, or null.</summary>
    string? AttributeAt(int place);
}
