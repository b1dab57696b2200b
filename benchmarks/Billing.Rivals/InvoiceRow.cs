using CsvHelper;

namespace Billing.Rivals;

/// <summary>A row of `billing generate csv`, as a developer writes it down first.</summary>
[CsvRecord]
internal sealed partial class InvoiceRow
{
    public string id { get; set; } = "";

    public string company_name { get; set; } = "";

    public string country { get; set; } = "";

    public string city { get; set; } = "";

    public string product_line { get; set; } = "";

    public string item { get; set; } = "";

    public DateOnly bill_date { get; set; }

    public string currency { get; set; } = "";

    public decimal bill_amount { get; set; }
}
