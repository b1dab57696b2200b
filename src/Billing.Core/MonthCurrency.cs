namespace Billing;

/// <summary>What a month has in one billing currency, and the rates that it was converted at.</summary>
/// <param name="Currency">The code of the billing currency.</param>
/// <param name="Billed">Rows and money as invoiced.</param>
/// <param name="Reporting">The same rows in the reporting currency.</param>
/// <param name="LowestRate">The lowest rate; null if nothing was converted.</param>
/// <param name="HighestRate">The highest rate; null if nothing was converted.</param>
/// <param name="FirstRate">The rate of the first record that was converted, with its source; null if nothing was.</param>
public sealed record MonthCurrency(string Currency, ControlTotals Billed, ControlTotals Reporting, ExchangeRate? LowestRate, ExchangeRate? HighestRate, ExchangeRate? FirstRate);
