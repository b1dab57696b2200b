namespace Billing.Console.Views;

/// <summary>One column of a table.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="Kind">How it behaves.</param>
/// <param name="IsOptional">Whether it is left out where the terminal is narrow, or where nothing stands in it.</param>
/// <param name="GoesBelow">Whether it stands on a line below its row where it is left out: what tells rows apart is never lost.</param>
internal sealed record Column(string Header, ColumnKind Kind = ColumnKind.Text, bool IsOptional = false, bool GoesBelow = false);
