namespace Billing.Layouts;

/// <summary>The roles of columns, and what a layout says about each.</summary>
internal static class ColumnRoles
{
    public static ColumnRole[] All { get; } = Enum.GetValues<ColumnRole>();

    /// <summary>Returns the name of the role in layout files and messages.</summary>
    public static string NameOf(ColumnRole role) => role switch
    {
        ColumnRole.Date => "date",
        ColumnRole.Instant => "instant",
        ColumnRole.Amount => "amount",
        ColumnRole.Debit => "debit",
        ColumnRole.Credit => "credit",
        ColumnRole.Direction => "direction",
        ColumnRole.Fee => "fee",
        ColumnRole.Currency => "currency",
        ColumnRole.Id => "id",
        ColumnRole.Party => "party",
        ColumnRole.Account => "account",
        ColumnRole.Description => "description",
        ColumnRole.Scope => "scope",
        ColumnRole.Category => "category",
        ColumnRole.Balance => "balance",
        _ => "status",
    };

    /// <summary>Returns the column that a layout names for the role: null to look for one by its header, empty for none.</summary>
    public static string? ColumnOf(this SourceLayout layout, ColumnRole role) => role switch
    {
        ColumnRole.Date => layout.Date,
        ColumnRole.Instant => layout.Instant,
        ColumnRole.Amount => layout.Amount,
        ColumnRole.Debit => layout.Debit,
        ColumnRole.Credit => layout.Credit,
        ColumnRole.Direction => layout.Direction,
        ColumnRole.Fee => layout.Fee,
        ColumnRole.Currency => layout.Currency,
        ColumnRole.Id => layout.Id,
        ColumnRole.Party => layout.Party,
        ColumnRole.Account => layout.Account,
        ColumnRole.Description => layout.Description,
        ColumnRole.Scope => layout.Scope,
        ColumnRole.Category => layout.Category,
        ColumnRole.Balance => layout.Balance,
        _ => layout.Status,
    };

    /// <summary>Returns the layout with a column named for the role.</summary>
    public static SourceLayout WithColumn(this SourceLayout layout, ColumnRole role, string? column) => role switch
    {
        ColumnRole.Date => layout with { Date = column },
        ColumnRole.Instant => layout with { Instant = column },
        ColumnRole.Amount => layout with { Amount = column },
        ColumnRole.Debit => layout with { Debit = column },
        ColumnRole.Credit => layout with { Credit = column },
        ColumnRole.Direction => layout with { Direction = column },
        ColumnRole.Fee => layout with { Fee = column },
        ColumnRole.Currency => layout with { Currency = column },
        ColumnRole.Id => layout with { Id = column },
        ColumnRole.Party => layout with { Party = column },
        ColumnRole.Account => layout with { Account = column },
        ColumnRole.Description => layout with { Description = column },
        ColumnRole.Scope => layout with { Scope = column },
        ColumnRole.Category => layout with { Category = column },
        ColumnRole.Balance => layout with { Balance = column },
        _ => layout with { Status = column },
    };

    /// <summary>Whether a column with the role is an attribute as well, so that a layout that names it makes no other fingerprint than one that does not.</summary>
    public static bool IsAttributeToo(ColumnRole role) => role is ColumnRole.Category or ColumnRole.Balance or ColumnRole.Status;

    /// <summary>
    /// Whether one column may have both roles: date and instant, since an instant has a date; or the scope and any role except
    /// amounts, since the scope of a record may well be its account or party.
    /// </summary>
    public static bool MayShare(ColumnRole one, ColumnRole other) =>
        one == other
        || (IsTime(one) && IsTime(other))
        || (one == ColumnRole.Scope && !IsAmount(other))
        || (other == ColumnRole.Scope && !IsAmount(one));

    /// <summary>Returns a layout without the roles of columns that another role took from them.</summary>
    /// <param name="before">The layout before the columns were named.</param>
    /// <param name="after">The layout with them.</param>
    public static SourceLayout Freed(SourceLayout before, SourceLayout after)
    {
        foreach (ColumnRole role in All.Where(role => after.ColumnOf(role) is { Length: > 0 } column && column != before.ColumnOf(role)))
        {
            foreach (ColumnRole other in All.Where(other => !MayShare(role, other) && after.ColumnOf(other) == after.ColumnOf(role) && after.ColumnOf(other) == before.ColumnOf(other)))
            {
                // What every row must have is asked again; the rest is left out.
                after = after.WithColumn(other, other is ColumnRole.Date or ColumnRole.Amount or ColumnRole.Currency ? null : "");
            }
        }

        return after;
    }

    private static bool IsTime(ColumnRole role) => role is ColumnRole.Date or ColumnRole.Instant;

    private static bool IsAmount(ColumnRole role) => role is ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit or ColumnRole.Direction or ColumnRole.Fee;
}
