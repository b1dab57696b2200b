using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Problems;

namespace Billing.Web.Imports;

/// <summary>Turns the terms of an import into the options of a run.</summary>
internal static class TermsCheck
{
    private const int LongestScope = 200;

    /// <exception cref="FieldException">A term is wrong.</exception>
    public static IngestOptions Options(ImportTerms terms)
    {
        FieldErrors errors = new();
        string? scope = string.IsNullOrWhiteSpace(terms.Scope) ? null : terms.Scope.Trim();
        if (scope is not null && (scope.Length > LongestScope || scope.Any(char.IsControl) || scope.StartsWith("expense ", StringComparison.Ordinal)))
        {
            errors.Add("scope", "Use at most 200 characters without line breaks, and no scope that begins with 'expense '.");
        }

        Delivery? delivery = terms.Delivery is null ? null : DeliveryOf(terms.Delivery, scope, errors);
        StatedTotals? expect = Stated(terms.Expect);
        if (terms.Expect is not null && expect is null)
        {
            errors.Add("expect", "This states nothing. Leave it out, or state rows, totals, openings or closings.");
        }

        return errors.Any
            ? throw new FieldException(errors)
            : new IngestOptions { Layout = terms.Layout, Scope = scope, Expect = expect, Delivery = delivery, Drift = terms.Drift, Reread = terms.Reread };
    }

    // What was left out is null here, whatever the type says.
    private static StatedTotals? Stated(StatedTotals? expect)
    {
        StatedTotals? whole = expect is null ? null : expect with
        {
            Totals = expect.Totals ?? new Dictionary<string, ExactSum>(),
            Openings = expect.Openings ?? new Dictionary<string, ExactSum>(),
            Closings = expect.Closings ?? new Dictionary<string, ExactSum>(),
        };
        return whole is { IsEmpty: false } ? whole : null;
    }

    private static Delivery? DeliveryOf(DeliveryTerms terms, string? scope, FieldErrors errors)
    {
        string? own = string.IsNullOrWhiteSpace(terms.Scope) ? scope : terms.Scope.Trim();
        DateOnly? from = Day("delivery.from", terms.From, errors);
        DateOnly? to = Day("delivery.to", terms.To, errors);
        if (own is null || own.StartsWith("expense ", StringComparison.Ordinal))
        {
            errors.Add("delivery.scope", "State whose records the file is the whole of.");
        }
        else if (scope is not null && own != scope)
        {
            errors.Add("delivery.scope", "This is another scope than that of the import.");
        }
        else if (from is { } first && to is { } last)
        {
            try
            {
                return Delivery.Replace(own, first, last, string.IsNullOrWhiteSpace(terms.Version) ? null : terms.Version.Trim());
            }
            catch (ArgumentException e)
            {
                errors.Add(e.ParamName == "version" ? "delivery.version" : "delivery.to", e.ParamName == "version" ? "Use a whole number, or a date or an instant in ISO 8601." : "The period ends before it begins.");
            }
        }

        return null;
    }

    private static DateOnly? Day(string field, string? text, FieldErrors errors)
    {
        if (DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return day;
        }

        errors.Add(field, "Use a day such as 2025-06-17.");
        return null;
    }
}
