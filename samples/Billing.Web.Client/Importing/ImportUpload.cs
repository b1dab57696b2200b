using System.Net.Http.Headers;
using Billing.Web.Client.Host;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Importing;

/// <summary>Sends a file to the host in pieces, and goes on where an earlier try broke off.</summary>
public sealed class ImportUpload(HostApi api, ImportTray tray)
{
    private const int UsualPieceBytes = 1 << 20;

    /// <summary>Sends what is not there yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="turn">The reading that it is sent for: how much was sent is shown while that is the one shown.</param>
    /// <returns>Whether all of it is there.</returns>
    public async Task<bool> SendAsync(ImportFile file, int turn)
    {
        Show(file, turn, 0);
        Reply<UploadReply> reply = file.Upload is { } begun ? await api.GetAsync($"api/uploads/{begun.Id}", WebJsonContext.Default.UploadReply) : new Reply<UploadReply>(null, new ProblemReply { Status = 404 });
        if (reply.Problem?.Status == 404)
        {
            // It was never sent, or the host has forgotten it.
            reply = await api.SendAsync(HttpMethod.Post, "api/uploads", new UploadRequest { Name = file.Name, Size = file.Bytes.Length }, WebJsonContext.Default.UploadRequest, WebJsonContext.Default.UploadReply);
        }

        int piece = api.Session?.PieceBytes is > 0 and int size ? size : UsualPieceBytes;
        while (reply.Value is { IsComplete: false } upload && upload.Offset < file.Bytes.Length)
        {
            file.Upload = upload;
            Show(file, turn, 100 * upload.Offset / file.Bytes.Length);
            ByteArrayContent bytes = new(file.Bytes, (int)upload.Offset, (int)Math.Min(piece, file.Bytes.Length - upload.Offset));
            bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            string offset = FormattableString.Invariant($"{upload.Offset}");
            reply = await api.SendAsync(HttpMethod.Patch, $"api/uploads/{upload.Id}", bytes, WebJsonContext.Default.UploadReply, headers => headers.TryAddWithoutValidation("Upload-Offset", offset));
        }

        if (reply.Value is { IsComplete: false } whole)
        {
            file.Upload = whole;
            reply = await api.SendAsync(HttpMethod.Post, $"api/uploads/{whole.Id}/complete", new UploadCompletion { Sha256 = file.Sha256 }, WebJsonContext.Default.UploadCompletion, WebJsonContext.Default.UploadReply);
        }

        file.Upload = reply.Value ?? file.Upload;
        file.Take(reply);
        return reply.Value is { IsComplete: true };
    }

    private void Show(ImportFile file, int turn, long percent)
    {
        if (file.Turn == turn)
        {
            file.Percent = (int)percent;
            tray.Tell();
        }
    }
}
