using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;
using Billing.Web.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Web.Rules;

/// <summary>The routes of rules: those in force, and drafts that are tried before they are.</summary>
internal static class RuleRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder rules = api.MapGroup("/rules");
        rules.MapGet("/", (HttpContext context, RulesInForce inForce) => Answer(context, inForce.File));
        rules.MapPost("/try", async (RulesDraft draft, WebLedger ledger, CancellationToken cancellationToken) =>
        {
            CategoryRules parsed = Parse(draft);
            RecordRoutes.ReasonOf(draft.Reason);
            return TypedResults.Ok(await new RuleTrial(parsed).RunAsync(ledger.Store, QueryOf(draft), cancellationToken));
        });
        rules.MapPut("/", (RulesDraft draft, HttpContext context, RulesInForce inForce, EventHub events) =>
        {
            Parse(draft);
            RecordRoutes.ReasonOf(draft.Reason);
            if (!inForce.File.TryReplace(Addresses.Version(context.Request), draft.Text!))
            {
                throw Changed();
            }

            events.Publish("rules");
            return Answer(context, inForce.File);
        }).RequireAuthorization(Roles.Controller);
        rules.MapPost("/apply", async (RulesDraft draft, HttpRequest request, WebLedger ledger, RulesInForce inForce, EventHub events, TimeProvider time, CancellationToken cancellationToken) =>
        {
            CategoryRules parsed = Parse(draft);
            string? reason = RecordRoutes.ReasonOf(draft.Reason);

            // Whoever states the rules that the draft was begun from changes no record by a draft that could not be put in force.
            if (request.Headers.IfMatch.Count > 0 && Addresses.Version(request) != inForce.File.Version)
            {
                throw Changed();
            }

            LedgerEntry entry = await Refusal.OfAsync(async () => await new RuleTrial(parsed).ApplyAsync(ledger.Store, QueryOf(draft), reason, time, cancellationToken));
            events.Publish("records");
            return TypedResults.Ok(new EntryReply { Entries = [entry] });
        }).RequireAuthorization(Roles.Controller);
    }

    private static RefusedException Changed() => new(StatusCodes.Status412PreconditionFailed, "Somebody else changed the rules since you saw them. Nothing was changed; look at them and edit again.");

    private static Ok<RulesReply> Answer(HttpContext context, EditedFile<CategoryRules> rules)
    {
        context.Response.Headers.ETag = $"\"{rules.Version}\"";
        return TypedResults.Ok(new RulesReply { Text = rules.Text, Names = [.. rules.Value?.Rules.Select(rule => rule.Name) ?? []], Version = rules.Version });
    }

    private static CategoryRules Parse(RulesDraft draft)
    {
        if (string.IsNullOrWhiteSpace(draft.Text))
        {
            throw new FieldException("text", "This is missing. Send the text of a rules file.");
        }

        try
        {
            return CategoryRules.Parse(draft.Text);
        }
        catch (BillingConfigurationException e)
        {
            throw new FieldException(FieldErrors.Of("text", e.Message), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static RecordQuery QueryOf(RulesDraft draft) => new() { From = Day("from", draft.From), To = Day("to", draft.To) };

    private static DateOnly? Day(string field, string? text) => string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new FieldException(field, "Use a day such as 2025-06-17.");
}
