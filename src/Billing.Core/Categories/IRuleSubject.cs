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

    /// <summary>The value of an attribute, or null.</summary>
    /// <param name="name">The name, in exact case.</param>
    /// <param name="place">Where it was found last, and is now: the rows of a source share their names.</param>
    string? Attribute(string name, ref int place);
}
