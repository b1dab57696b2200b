using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Web.Client.Parts;

/// <summary>What is typed into the form of an expense, as it is kept in the browser until the host has it.</summary>
public sealed record ExpenseFields
{
    /// <summary>The day, such as 2025-06-17.</summary>
    public string Date { get; init; } = "";

    /// <summary>What it was for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The amount, as typed.</summary>
    public string Amount { get; init; } = "";

    /// <summary>The code of the currency.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Who was paid.</summary>
    public string Party { get; init; } = "";

    /// <summary>The category; empty for what the rules propose.</summary>
    public string Category { get; init; } = "";

    /// <summary>Of a new expense, the key under which the host stores the form once, however often it is sent; of an edit, the version that it began with.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether nothing was typed.</summary>
    [JsonIgnore]
    public bool IsBlank => Description.Length + Amount.Length + Party.Length + Category.Length == 0;

    /// <summary>Reads what <see cref="ToString"/> writes; null if it is anything else.</summary>
    public static ExpenseFields? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, PageJsonContext.Default.ExpenseFields);
        }
        catch (JsonException)
        {
            // A draft of an earlier version of the page.
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, PageJsonContext.Default.ExpenseFields);
}
