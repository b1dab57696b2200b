using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Limits;
using Billing.Web.Problems;
using Billing.Web.Security;
using Billing.Web.Settings;

namespace Billing.Web.Uploads;

/// <summary>The routes of uploads: begun, sent in pieces, checked by their SHA-256.</summary>
internal static class UploadRoutes
{
    private const string Offset = "Upload-Offset";
    private const string Octets = "application/octet-stream";

    public static void Map(RouteGroupBuilder api, WebSettings settings)
    {
        RouteGroupBuilder uploads = api.MapGroup("/uploads").RequireAuthorization(Roles.Clerk);
        uploads.MapPost("/", (UploadRequest body, UploadStore store) =>
        {
            UploadReply created = Create(body, store, settings);
            return TypedResults.Created($"/api/uploads/{created.Id}", created);
        });
        uploads.MapGet("/{id}", (string id, UploadStore store) => TypedResults.Ok(store.Find(id)));
        uploads.MapPatch("/{id}", AppendAsync).Accepts<byte[]>(Octets).Produces<UploadReply>().WithMetadata(new BodyLimit(settings.PieceBytes));
        uploads.MapPost("/{id}/complete", async (string id, UploadCompletion body, UploadStore store, CancellationToken cancellationToken) => TypedResults.Ok(await store.CompleteAsync(id, Sha256Of(body.Sha256), cancellationToken)));
        uploads.MapDelete("/{id}", (string id, UploadStore store) =>
        {
            store.Delete(id);
            return TypedResults.NoContent();
        });
    }

    private static UploadReply Create(UploadRequest body, UploadStore store, WebSettings settings)
    {
        string name = FileLabel.Check(body.Name);
        return body.Size is { } size && size >= 1 && size <= settings.MostUploadBytes
            ? store.Create(name, size)
            : throw new FieldException("size", FormattableString.Invariant($"State the number of bytes: 1 to {settings.MostUploadBytes}."));
    }

    private static async Task<IResult> AppendAsync(string id, HttpRequest request, UploadStore store, CancellationToken cancellationToken)
    {
        store.Find(id);
        if (request.ContentType != Octets)
        {
            throw new RefusedException(StatusCodes.Status415UnsupportedMediaType, "A piece is application/octet-stream.");
        }

        return long.TryParse(request.Headers[Offset], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
            ? TypedResults.Ok(await store.AppendAsync(id, offset, request.Body, cancellationToken))
            : throw new FieldException(Offset, "State in this header where the piece begins: the number of bytes that are there.");
    }

    private static string Sha256Of(string? text)
    {
        string sha256 = text?.Trim().ToLowerInvariant() ?? "";
        return sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit) ? sha256 : throw new FieldException("sha256", "State the SHA-256 of the file: 64 hexadecimal digits.");
    }
}
