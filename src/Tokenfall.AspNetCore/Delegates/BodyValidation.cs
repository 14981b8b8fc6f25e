using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Tokenfall.AspNetCore;

/// <summary>Checks a body by its type's validation attributes.</summary>
internal static class BodyValidation
{
    /// <exception cref="RequestProblemException">The body is not valid; the words are those of the attributes.</exception>
    public static void Check(object body)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(body, new ValidationContext(body), problems, validateAllProperties: true);
        CheckRecordParameters(body, problems);
        if (problems.Count > 0)
            throw RequestProblems.BadInput("invalid_body", "The body is not valid", string.Join(" ", problems.Select(problem => problem.ErrorMessage)));
    }

    // In record Question([Required] string Text) the attribute is the parameter's, where the framework's validator does not look.
    private static void CheckRecordParameters(object body, List<ValidationResult> problems)
    {
        foreach (var parameter in body.GetType().GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            var attributes = parameter.GetCustomAttributes<ValidationAttribute>().ToList();
            if (attributes.Count == 0 || body.GetType().GetProperty(parameter.Name!) is not { } property) continue;
            Validator.TryValidateValue(property.GetValue(body), new ValidationContext(body) { MemberName = property.Name }, problems, attributes);
        }
    }
}
