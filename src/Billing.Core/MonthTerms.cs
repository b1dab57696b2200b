namespace Billing;

/// <summary>How a month is reported: by which clock, and with which rules and rates where these are not those that the records were stored with.</summary>
public sealed record MonthTerms
{
    /// <summary>Every record by its date, with its own category and amounts.</summary>
    public static MonthTerms Default { get; } = new();

    /// <summary>The time zone by which a record with an instant belongs to a month; one without an instant belongs to it by its date. Null, the default, for every record by its date.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Rules that give the categories and the flags of the report; null, the default, for those that are stored. Where no rule gives a category, that of the source stays.</summary>
    public CategoryRules? Rules { get; init; }

    /// <summary>Rates that converted amounts are stated at again; null, the default, for the amounts that are stored. They must have a rate for every record that was converted.</summary>
    public IExchangeRates? Rates { get; init; }

    /// <summary>How amounts are rounded that <see cref="Rates"/> convert. Default half to even, as in a pipeline.</summary>
    public MidpointRounding Rounding { get; init; } = MidpointRounding.ToEven;

    /// <summary>The zone, the rules and the rates, as far as they are set.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        Zone is null ? "by date" : $"by the clocks of {Zone.Id}",
        Rules is null ? null : $"rules {Rules}",
        Rates is null ? null : "at other rates",
    }.Where(part => part is not null));
}
