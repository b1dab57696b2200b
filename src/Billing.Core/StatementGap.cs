using System.Globalization;

namespace Billing;

/// <summary>Two statements of one scope that do not follow each other: what one account statement ends with is not what the next one begins with. A statement between them is missing, or one of them is wrong.</summary>
public sealed record StatementGap
{
    /// <summary>The scope; null if the runs had none.</summary>
    public string? Scope { get; init; }

    /// <summary>The currency code; empty if neither the statements nor their rows name one.</summary>
    public required string Currency { get; init; }

    /// <summary>The source before the gap.</summary>
    public required string Before { get; init; }

    /// <summary>The id of its run.</summary>
    public required string BeforeRunId { get; init; }

    /// <summary>The latest date of its rows.</summary>
    public required DateOnly LastDate { get; init; }

    /// <summary>Its closing balance.</summary>
    public required ExactSum Closing { get; init; }

    /// <summary>The source after the gap.</summary>
    public required string After { get; init; }

    /// <summary>The id of its run.</summary>
    public required string AfterRunId { get; init; }

    /// <summary>The earliest date of its rows.</summary>
    public required DateOnly FirstDate { get; init; }

    /// <summary>Its opening balance.</summary>
    public required ExactSum Opening { get; init; }

    /// <summary>What the missing rows come to: <see cref="Opening"/> less <see cref="Closing"/>.</summary>
    public ExactSum Missing => Opening - Closing;

    /// <summary>The gap for people to read, the same in every culture.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"between {Before} (to {LastDate:yyyy-MM-dd}, closing {Closing}) and {After} (from {FirstDate:yyyy-MM-dd}, opening {Opening}) a statement is missing that comes to {Missing}{(Currency.Length == 0 ? "" : " " + Currency)}{(Scope is null ? "" : $", of {Scope}")}");
}
