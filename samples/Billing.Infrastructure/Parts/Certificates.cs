using Amazon.CDK.AWS.Lambda;

namespace Billing.Infrastructure.Parts;

/// <summary>The certificates by which a function recognises the database: a separate layer, so that a new bundle is deployed like any other change.</summary>
internal static class Certificates
{
    /// <summary>The file name that Amazon uses.</summary>
    public const string FileName = "global-bundle.pem";

    /// <summary>Gives a function the file, and tells it the path.</summary>
    public static void Add(Function function, CloudSettings settings)
    {
        function.AddLayers(new LayerVersion(function, "Certificates", new LayerVersionProps
        {
            Description = "Certificates of Amazon RDS",
            Code = Code.FromAsset(settings.CertificatesPath),
        }));

        // The folder into which Lambda puts the content of layers.
        function.AddEnvironment("DB_SSL_CA", $"/opt/{FileName}");
    }
}
