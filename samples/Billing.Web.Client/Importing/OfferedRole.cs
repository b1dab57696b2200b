namespace Billing.Web.Client.Importing;

/// <summary>A role that a column of a file can have: how a layout names its column, and how it is given another.</summary>
/// <param name="Name">The name, as in <see cref="ColumnFinding.Role"/> and in the key of its text.</param>
/// <param name="Column">The column that a layout gives the role.</param>
/// <param name="Set">The layout that gives it to a column.</param>
public sealed record OfferedRole(string Name, Func<SourceLayout, string?> Column, Func<SourceLayout, string?, SourceLayout> Set)
{
    /// <summary>The role of a column that is kept and means nothing special.</summary>
    public const string Attribute = "attribute";

    /// <summary>The role of a column that is no part of what a record says.</summary>
    public const string Ignored = "ignored";

    /// <summary>The roles that one column can have.</summary>
    public static IReadOnlyList<OfferedRole> All { get; } =
    [
        new("date", layout => layout.Date, (layout, column) => layout with { Date = column }),
        new("instant", layout => layout.Instant, (layout, column) => layout with { Instant = column }),
        new("amount", layout => layout.Amount, (layout, column) => layout with { Amount = column }),
        new("debit", layout => layout.Debit, (layout, column) => layout with { Debit = column }),
        new("credit", layout => layout.Credit, (layout, column) => layout with { Credit = column }),
        new("direction", layout => layout.Direction, (layout, column) => layout with { Direction = column }),
        new("fee", layout => layout.Fee, (layout, column) => layout with { Fee = column }),
        new("currency", layout => layout.Currency, (layout, column) => layout with { Currency = column }),
        new("party", layout => layout.Party, (layout, column) => layout with { Party = column }),
        new("description", layout => layout.Description, (layout, column) => layout with { Description = column }),
        new("account", layout => layout.Account, (layout, column) => layout with { Account = column }),
        new("id", layout => layout.Id, (layout, column) => layout with { Id = column }),
        new("category", layout => layout.Category, (layout, column) => layout with { Category = column }),
        new("scope", layout => layout.Scope, (layout, column) => layout with { Scope = column }),
        new("balance", layout => layout.Balance, (layout, column) => layout with { Balance = column }),
    ];

    /// <summary>The names of all roles, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(role => role.Name), Ignored, Attribute];

    /// <summary>The role that a layout gives a column.</summary>
    public static string Of(SourceLayout layout, string column) =>
        All.FirstOrDefault(role => Same(role.Column(layout), column))?.Name
        ?? (layout.Ignore?.Any(ignored => Same(ignored, column)) == true ? Ignored : Attribute);

    /// <summary>The layout in which a column has a role, and no other column has it.</summary>
    public static SourceLayout Give(SourceLayout layout, string column, string role)
    {
        foreach (OfferedRole held in All.Where(held => Same(held.Column(layout), column)))
        {
            // An empty name says that there is none, so that none is looked for.
            layout = held.Set(layout, "");
        }

        layout = layout with { Ignore = [.. (layout.Ignore ?? []).Where(ignored => !Same(ignored, column)), .. role == Ignored ? (string[])[column] : []] };
        if (All.FirstOrDefault(given => given.Name == role) is not { } wanted)
        {
            return layout;
        }

        layout = role switch
        {
            "amount" => layout with { Debit = null, Credit = null },
            "debit" or "credit" => layout with { Amount = null },
            _ => layout,
        };
        return wanted.Set(layout, column);
    }

    private static bool Same(string? one, string? other) => !string.IsNullOrEmpty(one) && string.Equals(one.Trim(), other?.Trim(), StringComparison.OrdinalIgnoreCase);
}
