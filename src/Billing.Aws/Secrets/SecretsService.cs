using System.Buffers;
using System.Text.Json;
using Billing.Aws.Requests;

namespace Billing.Aws.Secrets;

/// <summary>Asks Secrets Manager directly.</summary>
internal sealed class SecretsService(AwsConnection connection)
{
    private const string Operation = "GetSecretValue";

    /// <summary>Returns the current text of a secret.</summary>
    /// <exception cref="AwsException">The secret does not exist, or may not be read.</exception>
    public async ValueTask<string> ReadAsync(string secretId, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            writer.WriteString("SecretId", secretId);
            writer.WriteEndObject();
        }

        AwsReply reply = await connection.SendAsync(
            new AwsRequest(AwsService.SecretsManager, Operation, "application/x-amz-json-1.1", body.WrittenSpan.ToArray()) { Target = "secretsmanager." + Operation },
            cancellationToken).ConfigureAwait(false);
        try
        {
            return SecretJson.TextOf(reply.Body) ?? throw NoAnswer(reply, null);
        }
        catch (JsonException)
        {
            // The message of the exception may repeat the secret.
            throw NoAnswer(reply, null);
        }
    }

    private static AwsException NoAnswer(AwsReply reply, Exception? cause) =>
        new(AwsService.SecretsManager.Name, Operation, "InvalidAnswer", "The answer holds no secret. Check the endpoint.", requestId: reply.RequestId, innerException: cause);
}
