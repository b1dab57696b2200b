using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;
using Billing.Web.Uploads;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Web.Imports;

/// <summary>The routes from an upload to its records: layout, preview, import.</summary>
internal static class ImportRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder uploads = api.MapGroup("/uploads/{id}").RequireAuthorization(Roles.Clerk);
        uploads.MapPost("/proposal", ProposeAsync);
        uploads.MapPost("/preview", async (string id, [FromBody] ImportTerms? terms, Previews previews, CancellationToken cancellationToken) => TypedResults.Ok(await previews.RunAsync(id, terms ?? new ImportTerms(), cancellationToken)));
        uploads.MapGet("/preview/{preview}/rows", RowsAsync).WithParameters();
        uploads.MapPost("/import", (string id, [FromBody] ImportTerms? terms, ImportJobs jobs) =>
        {
            ImportReply begun = jobs.Begin(id, terms ?? new ImportTerms());
            return TypedResults.Accepted($"/api/imports/{begun.Id}", begun);
        });

        RouteGroupBuilder imports = api.MapGroup("/imports").RequireAuthorization(Roles.Clerk);
        imports.MapGet("/", (ImportJobs jobs) => TypedResults.Ok(jobs.All));
        imports.MapGet("/{id}", (string id, ImportJobs jobs) => TypedResults.Ok(jobs.Find(id).Now));
        imports.MapGet("/{id}/events", (string id, HttpContext context, ImportJobs jobs, CancellationToken cancellationToken) => EventStream.Of(context, jobs.Find(id).ReadAsync(cancellationToken)));
        imports.MapPost("/{id}/cancel", (string id, ImportJobs jobs) =>
        {
            ImportJob job = jobs.Find(id);
            if (job.HasEnded)
            {
                throw new RefusedException(StatusCodes.Status409Conflict, "The import has ended.");
            }

            job.Cancel();
            return TypedResults.Ok(job.Now);
        });
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<ProposalReply>> ProposeAsync(string id, [FromBody] ProposalRequest? body, UploadStore uploads, CancellationToken cancellationToken)
    {
        IBillingSource source = uploads.Open(id).Source;
        SourceLayout known = body?.Layout ?? SourceLayout.Default;
        LayoutProposal proposal;
        try
        {
            proposal = await Refusal.OfAsync(() => LayoutInspector.InspectAsync(source, known, cancellationToken));
        }
        catch (Exception e) when (e is SourceFormatException or InvalidDataException)
        {
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, e.Message);
        }

        return TypedResults.Ok(new ProposalReply
        {
            Format = proposal.Format,
            Layout = proposal.Layout,
            Columns = proposal.Columns,
            Questions = [.. proposal.Questions.Select(question => new QuestionItem
            {
                Text = question.Text,
                Example = question.Example,
                Answers = [.. question.Answers.Select(answer => new AnswerItem { Text = answer.Text, Layout = answer.Apply(proposal.Layout) })],
            })],
            Warnings = proposal.Warnings,
            RowsTried = proposal.RowsTried,
            RowsRead = proposal.RowsRead,
        });
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<PreviewRows>> RowsAsync(string id, string preview, HttpRequest request, Previews previews, CancellationToken cancellationToken)
    {
        QueryReader reader = new(request);
        string word = reader.Word("outcome", "", "stored", "duplicate", "conflict", "quarantined");
        PageRequest page = reader.Page();
        reader.Demand();
        return TypedResults.Ok(await previews.RowsAsync(id, preview, word.Length == 0 ? null : Enum.Parse<RowOutcomeKind>(word, ignoreCase: true), page, cancellationToken));
    }
}
