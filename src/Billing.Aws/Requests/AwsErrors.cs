using System.Net;
using System.Text.Json;
using System.Xml;
using Amazon.Runtime;

namespace Billing.Aws.Requests;

/// <summary>Reads the error answers of the services.</summary>
internal static class AwsErrors
{
    private const int LongestMessage = 500;

    private static readonly HashSet<string> s_passing = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException", "RequestLimitExceeded",
        "BandwidthLimitExceeded", "LimitExceededException", "SlowDown", "PriorRequestNotComplete", "TransactionInProgressException", "EC2ThrottledException",
        "InternalError", "InternalFailure", "InternalServerError", "InternalServiceError", "ServiceUnavailable", "RequestTimeout", "RequestTimeoutException",
    };

    /// <summary>Whether an error code is transient.</summary>
    public static bool IsPassing(string? code) => code is not null && s_passing.Contains(code);

    /// <summary>Returns the exception for an error answer: a <see cref="PassingAwsException"/> if the error is transient.</summary>
    public static Exception Of(AwsRequest request, HttpResponseMessage response, ReadOnlySpan<byte> body)
    {
        (string? code, string? message) = Read(body);
        string errorCode = CodeOf(response, code);
        AwsException exception = new(request.Service.Name, request.Operation, errorCode, Clean(message), response.StatusCode, RequestIdOf(response));
        return IsPassing(response.StatusCode, errorCode) ? new PassingAwsException(exception) : exception;
    }

    /// <summary>Returns the exception for an exception of an AWS SDK client: a <see cref="PassingAwsException"/> if the error is transient.</summary>
    public static Exception Of(AwsService service, string operation, AmazonServiceException exception)
    {
        // The exceptions of a service are named after its errors; the codes may belong to an older protocol.
        string name = exception.GetType().Name;
        string code = !name.StartsWith("Amazon", StringComparison.Ordinal) ? name[..^"Exception".Length]
            : string.IsNullOrEmpty(exception.ErrorCode) ? exception.StatusCode.ToString()
            : exception.ErrorCode[(exception.ErrorCode.LastIndexOf('#') + 1)..];
        // The cause is left out: its message may repeat the request with its session token.
        AwsException error = new(service.Name, operation, code, Clean(exception.Message), exception.StatusCode == 0 ? null : exception.StatusCode, exception.RequestId);
        return IsPassing(exception.StatusCode, code) ? new PassingAwsException(error) : error;
    }

    /// <summary>Returns the exception for missing credentials.</summary>
    public static AwsException NoCredentials(AwsService service, string operation, Exception cause) =>
        new(service.Name, operation, "NoCredentials", "No credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or use a profile or a role of the machine.", innerException: cause);

    /// <summary>Returns the id that AWS gave the request, or null.</summary>
    public static string? RequestIdOf(HttpResponseMessage response) => Header(response, "x-amzn-RequestId") ?? Header(response, "x-amz-request-id");

    /// <summary>Returns the first line of a message: the lines after it may repeat the request with its session token.</summary>
    public static string Clean(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return "The service gave no reason.";
        }

        string line = message.TrimStart().Split('\n', 2)[0].TrimEnd();
        return line.Length > LongestMessage ? line[..LongestMessage] + "..." : line;
    }

    private static bool IsPassing(HttpStatusCode status, string code) =>
        status >= HttpStatusCode.InternalServerError || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || IsPassing(code);

    // The old error names of SQS are in a header of their own. People know these names.
    private static string CodeOf(HttpResponseMessage response, string? code)
    {
        string name = code ?? Header(response, "x-amzn-ErrorType") ?? response.StatusCode.ToString();
        name = name[(name.LastIndexOf('#') + 1)..];
        int end = name.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? name : name[..end];
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private static (string? Code, string? Message) Read(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> text = body.TrimStart(" \t\r\n"u8);
        try
        {
            return text.IsEmpty ? default : text[0] == (byte)'<' ? ReadXml(text) : ReadJson(text);
        }
        catch (Exception e) when (e is JsonException or XmlException or InvalidOperationException)
        {
            return (null, "The answer gives no reason, neither in JSON nor in XML.");
        }
    }

    private static (string? Code, string? Message) ReadJson(ReadOnlySpan<byte> text)
    {
        string? code = null;
        string? message = null;
        Utf8JsonReader reader = new(text);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            bool isCode = reader.ValueTextEquals("__type"u8) || reader.ValueTextEquals("code"u8);
            bool isMessage = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && (isCode || isMessage))
            {
                (code, message) = isCode ? (reader.GetString(), message) : (code, reader.GetString());
            }
        }

        return (code, message);
    }

    private static (string? Code, string? Message) ReadXml(ReadOnlySpan<byte> text)
    {
        string? code = null;
        string? message = null;
        using MemoryStream stream = new(text.ToArray());
        using XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Code" or "Message")
            {
                bool isCode = reader.LocalName == "Code";
                string value = reader.ReadElementContentAsString();
                (code, message) = isCode ? (value, message) : (code, value);
            }
            else
            {
                reader.Read();
            }
        }

        return (code, message);
    }
}
