import com.pixelmed.dicom.AttributeList;
import com.pixelmed.validate.DicomInstanceValidator;
import com.pixelmed.validate.DicomSRValidator;

/**
 * PixelMed's validators on several files in one process: compiling their rules takes longer than
 * checking a file. Arguments: "sr" or "instance", then files.
 */
public class ValidateAll {
  public static void main(String[] arguments) throws Exception {
    System.setErr(System.out);
    boolean reports = arguments[0].equals("sr");
    DicomSRValidator templates = reports ? new DicomSRValidator() : null;
    DicomInstanceValidator objects = reports ? null : new DicomInstanceValidator();
    for (int i = 1; i < arguments.length; i++) {
      AttributeList list = new AttributeList();
      list.read(arguments[i]);
      System.out.println("FILE " + arguments[i]);
      System.out.println(
          // Options: describe no; match meanings, ambiguous templates, order and template IDs yes.
          reports
              ? templates.validate(list, false, true, true, true, true)
              : objects.validate(list));
    }
  }
}
